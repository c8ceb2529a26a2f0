import { createHmac } from 'node:crypto';
import { equalInConstantTime } from '../../accounts/credentials.ts';
import { problem } from '../../kernel/problems.ts';

/** A place in an order: after the file that has this value and id. */
export interface ListCursor {
  readonly value: string | number;
  readonly assetId: string;
}

/** What a cursor is good for: one caller's list with one set of filters. */
export interface CursorUse {
  readonly callerId: string;
  /** Every member of the list's input but limit and place. */
  readonly filter: string;
}

const SEPARATOR = '.';

/**
 * A cursor as text. It is sealed for its caller and list, so that it tells and opens nothing anywhere else.
 * @param key secret of the deployment
 */
export function sealCursor(cursor: ListCursor, use: CursorUse, key: string): string {
  const body = Buffer.from(JSON.stringify([cursor.value, cursor.assetId])).toString('base64url');
  return `${body}${SEPARATOR}${sealOf(body, use, key)}`;
}

/** @throws Problem file.invalid for one that was edited, or sealed for another caller or list */
export function openCursor(text: string, use: CursorUse, key: string): ListCursor {
  const [body = '', seal = '', ...more] = text.split(SEPARATOR);
  if (more.length > 0 || !equalInConstantTime(seal, sealOf(body, use, key))) {
    throw problem('file.invalid', 'cursor is not one that this list gave to this key.');
  }
  const [value, assetId] = JSON.parse(Buffer.from(body, 'base64url').toString()) as [string | number, string];
  return { value, assetId };
}

const sealOf = (body: string, { callerId, filter }: CursorUse, key: string): string =>
  createHmac('sha256', key)
    .update(JSON.stringify(['list-cursor', callerId, filter, body]))
    .digest('base64url');
