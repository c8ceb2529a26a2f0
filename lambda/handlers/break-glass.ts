import type { Context } from 'aws-lambda';
import type { GlassAnswer, GlassRequest } from '../contract/break-glass.ts';
import { LIMITS } from '../contract/limits.ts';
import { breakGlass } from '../core/accounts/break-glass/break-glass.ts';
import { Problem } from '../core/kernel/problems.ts';
import { composeBreakGlass } from './composition/break-glass.ts';
import { reporter } from './reporter.ts';

const compose = composeBreakGlass();

/** The way in by IAM: whoever may call this function. What is refused is told, so that the alarm of failures stays one. */
export async function handler(event: unknown, { awsRequestId: requestId }: Context): Promise<GlassAnswer> {
  const request = readRequest(event);
  if (!request) return { refused: `action must be "invite-owner" with mail and name, or "open", each with a reason.` };
  try {
    return await breakGlass(compose({ requestId, report: reporter() }), request);
  } catch (error) {
    if (error instanceof Problem) return { refused: error.message };
    throw error;
  }
}

function readRequest(event: unknown): GlassRequest | undefined {
  const { action, reason, mail, name } = (event ?? {}) as Readonly<Record<string, unknown>>;
  if (!isLine(reason, LIMITS.reasonCharacters)) return undefined;
  if (action === 'open') return { action, reason };
  const isInvitation = isLine(mail, LIMITS.mailCharacters) && isLine(name, LIMITS.personNameCharacters);
  return action === 'invite-owner' && isInvitation ? { action, reason, mail, name } : undefined;
}

/** One line with something in it. */
const isLine = (value: unknown, characters: number): value is string =>
  typeof value === 'string' && value.trim() !== '' && value.length <= characters && !/\p{Cc}/u.test(value);
