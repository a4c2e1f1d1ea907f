/** For hosts without a window: the audit trail as files. */
export { exportAudit } from '../services/audit/exportAudit.ts';
export { verifyAudit } from '../services/audit/verifyAudit.ts';
