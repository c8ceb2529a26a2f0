import * as z from 'zod';
import type { ChangedEach } from '../core/library/files/change-each.ts';
import { Answered } from './answered.ts';

const reason = () => ({
  error: z.string(),
  code: z.string().meta({ description: 'As of an error that is answered by itself; ours.' }),
});

/** The files that failed by themselves. */
export const failures = () => z.array(z.object({ fileId: z.string(), ...reason() })).optional();

/** Files or folders that failed by themselves. */
export const failedItems = () => z.array(z.object({ id: z.string(), ...reason() })).optional();

/** Names what failed; with it, the answer is 207. @param member that has the ids of what failed */
export function answered<Body>({ failed }: ChangedEach, body: Body, member: 'fileId' | 'id' = 'fileId') {
  const errors = failed.map(({ id, problem }) => ({ [member]: id, error: problem.message, code: problem.code }));
  return errors.length === 0 ? body : new Answered({ ...body, errors }, { status: 207 });
}

/** What an example does something with. */
export const ONE_FILE = { given: ['files.upload'], body: { fileIds: ['{{files.upload.fileId}}'] } } as const;
