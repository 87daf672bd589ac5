/** How many of the newest messages of a conversation are read to judge its newest turn. */
export const READ_BACK = 80;
