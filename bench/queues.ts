/** Task queue of the bare workflows, beside the product's on the same server. */
export const BARE_QUEUE = 'hejie-bench-bare';

/** Workflow id of what a bare chain starts beside itself, and back. */
export const bareBesideId = (chain: string): string => `${chain}-beside`;
export const bareChainId = (beside: string): string => beside.replace(/-beside$/, '');
