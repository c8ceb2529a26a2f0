import { DatabaseSync } from 'node:sqlite';
import { expect, it } from 'vitest';
import { asS3Error, s3Error } from '../../../src/services/s3/errors.ts';

it('a database that can grow no more is answered as a full disk', () => {
  const database = new DatabaseSync(':memory:');
  database.exec('CREATE TABLE t(x); PRAGMA max_page_count = 2');
  let failure: unknown;
  try {
    database.prepare('INSERT INTO t VALUES(?)').run('x'.repeat(100_000));
  } catch (error) {
    failure = error;
  }

  expect(asS3Error(failure)).toMatchObject({ status: 507, code: 'InsufficientStorage' });
});

it('anything else that is no S3 error is answered without its detail', () => {
  expect(asS3Error(new Error('secret'))).toMatchObject({ status: 500, code: 'InternalError' });
  expect(asS3Error(new Error('secret')).message).not.toContain('secret');
  expect(asS3Error(undefined)).toMatchObject({ status: 500 });
  expect(asS3Error(s3Error('NoSuchKey'))).toMatchObject({ status: 404, code: 'NoSuchKey' });
});
