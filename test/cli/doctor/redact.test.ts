import { expect, it } from 'vitest';
import { redact } from '../../../cli/doctor/redact.ts';

it.each([
  ['the key private_abc is', 'the key <key> is'],
  ['arn:aws:s3:::cdk-123456789012-eu-west-1', 'arn:aws:s3:::cdk-<account>-eu-west-1'],
  ['AKIAIOSFODNN7EXAMPLE', '<access key>'],
  ['from 203.0.113.7, port 80', 'from <address>, port 80'],
  ['from 203.0.113.7.', 'from <address>.'],
  ['http://203.0.113.7:4000/a', 'http://<address>:4000/a'],
  ['from 2001:db8::7: refused', 'from <address>: refused'],
])('%s is told as %s', (text, told) => {
  expect(redact(text, [['private_abc', '<key>']])).toBe(told);
});

it('leaves numbers, times and versions', () => {
  const text = '8170 bytes, 12:30:15Z, 0.1 s, 1920 KB, w-210,h-140, engine 24.21.0';
  expect(redact(text, [['', 'nothing']])).toBe(text);
});
