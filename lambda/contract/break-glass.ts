/** Name of the function that lets somebody in without a sign-in; IAM decides who may call it. */
export const breakGlassFunction = (deployment: string): string => `${deployment}-break-glass`;

/** Name of the role that may call it and do nothing else. */
export const breakGlassRole = (deployment: string): string => `${deployment}-break-glass`;

/** What the function is asked for; `reason` is for the audit log and for the owners, who are told by mail. */
export type GlassRequest =
  | { readonly action: 'invite-owner'; readonly reason: string; readonly mail: string; readonly name: string }
  | { readonly action: 'open'; readonly reason: string };

/** `invite-owner` gives the token of an invitation, `open` the text of a key. */
export type GlassAnswer =
  | { readonly invitationToken: string; readonly endsAt: string }
  | { readonly key: string; readonly endsAt: string }
  | { readonly refused: string };
