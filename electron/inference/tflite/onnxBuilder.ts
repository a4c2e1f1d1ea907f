/** Numbers of onnx.proto: TensorProto.DataType and AttributeProto.AttributeType. */
const float = 1;
const int64 = 7;
const attributeTypes = { int: 2, string: 3, ints: 7 } as const;

const irVersion = 8;
const operatorSet = 13;

const varint = (value: number): Uint8Array => {
  const bytes: number[] = [];
  // Negative numbers are written as 64 bits in two's complement.
  let left = BigInt.asUintN(64, BigInt(value));
  while (left > 127n) {
    bytes.push(Number(left & 127n) | 128);
    left >>= 7n;
  }
  return Uint8Array.from([...bytes, Number(left)]);
};

const joined = (parts: readonly Uint8Array[]): Uint8Array => {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
};

/** Protocol buffers' two wire types that ONNX needs here. */
const number = (field: number, value: number): Uint8Array => joined([varint(field * 8), varint(value)]);
const bytes = (field: number, ...content: readonly Uint8Array[]): Uint8Array => {
  const whole = joined(content);
  return joined([varint(field * 8 + 2), varint(whole.length), whole]);
};
const text = (field: number, value: string): Uint8Array => bytes(field, new TextEncoder().encode(value));

export type OnnxAttribute = number | string | readonly number[];

const attribute = (name: string, value: OnnxAttribute): Uint8Array => {
  const content =
    typeof value === 'number'
      ? [number(3, value), number(20, attributeTypes.int)]
      : typeof value === 'string'
        ? [text(4, value), number(20, attributeTypes.string)]
        : [...value.map((item) => number(8, item)), number(20, attributeTypes.ints)];
  return bytes(5, text(1, name), ...content);
};

const littleEndian = (values: Float32Array): Uint8Array => new Uint8Array(values.buffer, values.byteOffset, values.byteLength);

interface Slot {
  readonly name: string;
  readonly dims: readonly number[];
}

const valueInfo = (field: number, { name, dims }: Slot): Uint8Array => {
  const shape = bytes(2, ...dims.map((dim) => bytes(1, number(1, dim))));
  return bytes(field, text(1, name), bytes(2, bytes(1, number(1, float), shape)));
};

/** Collects the nodes and constants of an ONNX graph (onnx.proto: GraphProto). The same calls always give the same bytes. */
export class OnnxBuilder {
  readonly #nodes: Uint8Array[] = [];
  readonly #constants: Uint8Array[] = [];
  #names = 0;

  /** A name that nothing else has. */
  freshName(): string {
    return `v${this.#names++}`;
  }

  floats(values: Float32Array, dims: readonly number[]): string {
    return this.#constant(float, dims, littleEndian(values));
  }

  integers(values: readonly number[]): string {
    const data = new BigInt64Array(values.map(BigInt));
    return this.#constant(int64, [values.length], new Uint8Array(data.buffer));
  }

  /** An empty input name: left out. @returns the output's name */
  node(operator: string, inputs: readonly string[], attributes: Readonly<Record<string, OnnxAttribute>> = {}, output = this.freshName()): string {
    this.#nodes.push(
      bytes(1, ...inputs.map((name) => text(1, name)), text(2, output), text(3, `${operator}:${output}`), text(4, operator), ...Object.entries(attributes).map(([name, value]) => attribute(name, value))),
    );
    return output;
  }

  /** The model's file. */
  build(inputs: readonly Slot[], outputs: readonly Slot[]): Uint8Array {
    const graph = bytes(7, ...this.#nodes, text(2, 'graph'), ...this.#constants, ...inputs.map((slot) => valueInfo(11, slot)), ...outputs.map((slot) => valueInfo(12, slot)));
    return joined([number(1, irVersion), graph, bytes(8, text(1, ''), number(2, operatorSet))]);
  }

  #constant(type: number, dims: readonly number[], data: Uint8Array): string {
    const name = this.freshName();
    this.#constants.push(bytes(5, ...dims.map((dim) => number(1, dim)), number(2, type), text(8, name), bytes(9, data)));
    return name;
  }
}
