import type { Report } from '../kernel/report.ts';
import type { ChangeNote } from '../library/store/change-note.ts';
import type { Announcement } from './announcement.ts';
import { announcementsOf } from './announcement.ts';
import type { DeliveryMessage, DeliveryQueue } from './message-delivery.ts';
import type { Webhook } from './webhook.ts';

export interface AnnounceDeps {
  readonly listWebhooks: () => Promise<readonly Webhook[]>;
  /** A file or a folder as the API answers it; undefined when it is gone, or in the trash. */
  readonly describe: (about: Announcement['about']) => Promise<object | undefined>;
  readonly queue: DeliveryQueue;
  readonly report: Report;
}

/** Changes that are described at the same time. */
const AT_ONCE = 8;

/**
 * Puts one message for each event and each webhook that asks for it into the queue. A file is told as it is by then; one that
 * is gone meanwhile is told by the event of its end.
 * @returns ids of notes that could not be announced; announcing all of them again does no harm
 */
export async function announceChanges(deps: AnnounceDeps, notes: readonly ChangeNote[]): Promise<string[]> {
  const waiting = notes.filter((note) => announcementsOf(note).length > 0);
  if (waiting.length === 0) return [];
  let webhooks: readonly Webhook[];
  try {
    webhooks = (await deps.listWebhooks()).filter(({ isEnabled }) => isEnabled);
  } catch (error) {
    deps.report('webhooks-not-announced', error);
    return waiting.map(({ eventId }) => eventId);
  }
  if (webhooks.length === 0) return [];
  const undone: string[] = [];
  const worker = async (): Promise<void> => {
    for (let note = waiting.pop(); note !== undefined; note = waiting.pop()) {
      if (!(await announce(deps, webhooks, note))) undone.push(note.eventId);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return undone;
}

async function announce(deps: AnnounceDeps, webhooks: readonly Webhook[], note: ChangeNote): Promise<boolean> {
  try {
    const messages: DeliveryMessage[] = [];
    for (const one of announcementsOf(note)) {
      const asking = webhooks.filter(({ events }) => events.includes(one.type));
      const body = asking.length > 0 ? await bodyOf(deps, one) : undefined;
      if (body === undefined) continue;
      const { id: eventId, type, createdAt } = one;
      messages.push(...asking.map(({ id }) => ({ webhookId: id, eventId, type, createdAt, body })));
    }
    if (messages.length > 0) await deps.queue.send(messages);
    return true;
  } catch (error) {
    deps.report('webhooks-not-announced', error);
    return false;
  }
}

/** The event as ImageKit writes it ("Webhooks"). @returns undefined when there is nothing left to tell of */
async function bodyOf({ describe }: AnnounceDeps, announcement: Announcement): Promise<string | undefined> {
  const { id, type, createdAt, about } = announcement;
  const data = announcement.data ?? (await describe(about));
  return data && JSON.stringify({ type, id, created_at: createdAt, data });
}
