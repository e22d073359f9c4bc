/** What a channel says of a message: sent under that id, or why not, and whether it is of no use to try again. */
export type Sent = { messageId: string } | { error: string; forGood: boolean };

/** Why a message failed, without the address that servers like to repeat. */
export const withoutAddresses = (text: string): string =>
  text
    .replace(/[^\s<>"'(),:;]+@[^\s<>"'(),:;]+/g, '…')
    .replace(/\+?\d[\d -]{5,}\d/g, '…')
    .slice(0, 500);
