import { LIMITS } from '../../contract/limits.ts';
import type { AuditEvent } from '../audit/event.ts';
import type { MakeEvent } from '../audit/event-maker.ts';
import type { Caller } from '../kernel/caller.ts';
import type { Clock } from '../kernel/clock.ts';
import { problem } from '../kernel/problems.ts';
import { webhookSecret } from './message-signatures.ts';
import type { StoredWebhook, Webhook } from './webhook.ts';
import { readWebhookUrl } from './webhook.ts';
import type { SecretSealer, WebhookChange, WebhookStore } from './webhook-store.ts';

export interface ManageWebhooksDeps {
  readonly webhooks: WebhookStore;
  readonly sealer: SecretSealer;
  /** 24 bytes that nobody can guess. */
  readonly secretBytes: () => Uint8Array;
  /** Of `readWebhookUrl`. */
  readonly allowsLoopback: boolean;
  readonly clock: Clock;
  /** 24 hexadecimal characters. */
  readonly hexId: () => string;
  readonly makeEvent: MakeEvent;
}

type Choices = Pick<Webhook, 'url' | 'description' | 'events' | 'isEnabled'>;

/** What a caller changes; what is missing stays. */
export type WebhookUpdate = { readonly [Name in keyof Choices]?: Choices[Name] | undefined };

export interface NewWebhook extends Omit<WebhookUpdate, 'url' | 'events'> {
  readonly url: string;
  readonly events: Webhook['events'];
}

/** A webhook with its secret, which is shown once. */
export interface MadeWebhook extends Webhook {
  readonly secret: string;
}

/** Tries of a change that others keep overtaking. */
const ROUNDS = 10;

/** Oldest first. */
export async function listWebhooks({ webhooks }: Pick<ManageWebhooksDeps, 'webhooks'>): Promise<readonly Webhook[]> {
  return (await webhooks.read()).webhooks.map(({ webhook }) => webhook);
}

/** @throws Problem webhook.not-found */
export async function getWebhook(deps: Pick<ManageWebhooksDeps, 'webhooks'>, id: string): Promise<Webhook> {
  return withId((await deps.webhooks.read()).webhooks, id).webhook;
}

/** @throws Problem webhook.invalid, webhook.limit or busy */
export async function createWebhook(
  deps: ManageWebhooksDeps,
  caller: Caller,
  { url, description, events, isEnabled = true }: NewWebhook,
): Promise<MadeWebhook> {
  const createdAt = now(deps);
  const webhook: Webhook = {
    ...{ id: deps.hexId(), url: readWebhookUrl(url, deps.allowsLoopback) },
    ...(description !== undefined && { description }),
    ...{ events: [...new Set(events)], isEnabled, createdAt, updatedAt: createdAt },
  };
  const { secret, sealed } = await newSecret(deps, webhook.id);
  const event = deps.makeEvent(caller, 'webhook.created', objectOf(webhook.id), { after: { ...webhook } });
  await change(deps, (webhooks) => {
    if (webhooks.length >= LIMITS.webhooks) {
      throw problem('webhook.limit', `There may be at most ${LIMITS.webhooks} webhooks.`);
    }
    return [{ put: { webhook, sealed } }, event];
  });
  return { ...webhook, secret };
}

/** @throws Problem webhook.invalid, webhook.not-found or busy */
export async function updateWebhook(
  deps: ManageWebhooksDeps,
  caller: Caller,
  id: string,
  { url, description, events, isEnabled }: WebhookUpdate,
): Promise<Webhook> {
  const updatedAt = now(deps);
  const { webhook } = await change(deps, (webhooks) => {
    const before = withId(webhooks, id);
    const after: Webhook = {
      ...before.webhook,
      ...(url !== undefined && { url: readWebhookUrl(url, deps.allowsLoopback) }),
      ...(description !== undefined && { description }),
      ...(events !== undefined && { events: [...new Set(events)] }),
      ...(isEnabled !== undefined && { isEnabled }),
      updatedAt,
    };
    const difference = { before: { ...before.webhook }, after: { ...after } };
    return [
      { put: { ...before, webhook: after } },
      deps.makeEvent(caller, 'webhook.updated', objectOf(id), difference),
    ];
  });
  return webhook;
}

/**
 * Gives a webhook another secret. The one before signs as well for `graceSeconds`, so that receivers are changed one by one.
 * @throws Problem webhook.not-found or busy
 */
export async function rollSecret(
  deps: ManageWebhooksDeps,
  caller: Caller,
  id: string,
  graceSeconds: number,
): Promise<MadeWebhook> {
  const at = deps.clock();
  const until = new Date(at + graceSeconds * 1000).toISOString();
  const { secret, sealed } = await newSecret(deps, id);
  const { webhook } = await change(deps, (webhooks) => {
    const before = withId(webhooks, id);
    const webhook = { ...before.webhook, updatedAt: new Date(at).toISOString() };
    const event = deps.makeEvent(caller, 'webhook.secret-rolled', objectOf(id), { after: { previousUntil: until } });
    return [{ put: { webhook, sealed, previous: { sealed: before.sealed, until } } }, event];
  });
  return { ...webhook, secret };
}

/** @throws Problem webhook.not-found or busy */
export async function deleteWebhook(deps: ManageWebhooksDeps, caller: Caller, id: string): Promise<void> {
  await change(deps, (webhooks) => {
    const before = withId(webhooks, id);
    const event = deps.makeEvent(caller, 'webhook.deleted', objectOf(id), { before: { ...before.webhook } });
    return [{ remove: before }, event];
  });
}

type Decide = (webhooks: readonly StoredWebhook[]) => readonly [WebhookChange, AuditEvent];

/** Decides on what is stored, and again when others were faster. @throws Problem busy */
async function change({ webhooks: store }: ManageWebhooksDeps, decide: Decide): Promise<StoredWebhook> {
  for (let round = 0; round < ROUNDS; round++) {
    const { webhooks, version } = await store.read();
    const [wanted, event] = decide(webhooks);
    if (await store.commit(wanted, version, event)) return 'put' in wanted ? wanted.put : wanted.remove;
  }
  throw problem('busy', 'The webhooks are changed by others all the time. Try again.');
}

function withId(webhooks: readonly StoredWebhook[], id: string): StoredWebhook {
  const found = webhooks.find(({ webhook }) => webhook.id === id);
  if (!found) throw problem('webhook.not-found', 'No webhook has this id.');
  return found;
}

async function newSecret({ sealer, secretBytes }: ManageWebhooksDeps, id: string) {
  const secret = webhookSecret(secretBytes());
  return { secret, sealed: await sealer.seal(id, secret) };
}

const now = ({ clock }: ManageWebhooksDeps): string => new Date(clock()).toISOString();

const objectOf = (id: string) => ({ kind: 'webhook', id });
