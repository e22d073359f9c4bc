/** Task queue of the bare workflows, beside the product's on the same server. */
export const BARE_QUEUE = 'hejie-bench-bare';
