/** What a case carries from procedure to procedure must stay small; a larger dispute is several cases. */
export const MOST_WORKERS = 2000;
export const MOST_CLAIMS = 6000;
