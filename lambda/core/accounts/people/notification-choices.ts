/**
 * What people are mailed about unless they turn it off. Mails without which a sign-in, an invitation or a change of address could not
 * go on, or that tell of a misuse, are not among them.
 */
export const NOTIFICATIONS = ['newSignIn', 'invitationAccepted', 'keyEnding', 'auditReport'] as const;

export type NotificationKind = (typeof NOTIFICATIONS)[number];

/** What somebody is mailed about. */
export type NotificationChoices = Readonly<Record<NotificationKind, boolean>>;

/** What somebody chooses; kinds that are missing stay as they are. */
export type NotificationUpdate = { readonly [Kind in NotificationKind]?: boolean | undefined };

/** @param muted kinds that they turned off */
export const choicesOf = (muted: readonly NotificationKind[] = []): NotificationChoices =>
  Object.fromEntries(NOTIFICATIONS.map((kind) => [kind, !muted.includes(kind)])) as NotificationChoices;

/** @returns the kinds that are turned off after the update */
export function mutedAfter(
  muted: readonly NotificationKind[] | undefined,
  update: NotificationUpdate,
): readonly NotificationKind[] {
  const present = choicesOf(muted);
  return NOTIFICATIONS.filter((kind) => !(update[kind] ?? present[kind]));
}
