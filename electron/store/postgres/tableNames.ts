import { OperationNodeTransformer, type KyselyPlugin, type RawNode, type SchemableIdentifierNode, type QueryId } from 'kysely';

const schema = 'maskdesk';
const prefix = `${schema}_`;
const inText = new RegExp(`\\b${prefix}(\\w+)`, 'g');

/** Maskdesk's own tables carry a prefix in our statements; in PostgreSQL they lie in a schema of their own: `maskdesk_assets` is `maskdesk.assets`. */
class TableNames extends OperationNodeTransformer {
  protected override transformSchemableIdentifier(node: SchemableIdentifierNode, queryId?: QueryId): SchemableIdentifierNode {
    const { name } = node.identifier;
    if (node.schema !== undefined || !name.startsWith(prefix)) return super.transformSchemableIdentifier(node, queryId);
    return { ...node, schema: { kind: 'IdentifierNode', name: schema }, identifier: { kind: 'IdentifierNode', name: name.slice(prefix.length) } };
  }

  /** Values are no part of a fragment's text, so that data is never touched. */
  protected override transformRaw(node: RawNode, queryId?: QueryId): RawNode {
    const raw = super.transformRaw(node, queryId);
    return { ...raw, sqlFragments: raw.sqlFragments.map((text) => (text.includes(prefix) ? text.replaceAll(inText, `${schema}.$1`) : text)) };
  }
}

const tableNames = new TableNames();

export const tableNamesPlugin: KyselyPlugin = {
  transformQuery: ({ node, queryId }) => tableNames.transformNode(node, queryId),
  transformResult: async ({ result }) => result,
};
