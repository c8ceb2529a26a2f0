import { expect, it } from 'vitest';
import { readWebhookUrl } from '../../../lambda/core/webhooks/webhook.ts';

it.each(['https://cms.example.com/hook?a=b', 'https://cms.example.com/'])('%s may be a webhook’s', (url) => {
  expect(readWebhookUrl(url, false)).toBe(url);
});

it.each([
  'http://cms.example.com/',
  'http://127.0.0.1:4000/',
  'https://user:secret@cms.example.com/',
  'https://cms.example.com/#part',
  'ftp://cms.example.com/',
  'cms.example.com',
])('%s may not, and the message says why', (url) => {
  expect(() => readWebhookUrl(url, false)).toThrow('must be an https URL');
});

it('http is for this machine alone, where the deployment reaches it', () => {
  expect(readWebhookUrl('http://127.0.0.1:4000/hook', true)).toBe('http://127.0.0.1:4000/hook');
  expect(readWebhookUrl('http://localhost:4000/', true)).toBe('http://localhost:4000/');
  expect(() => readWebhookUrl('http://127.0.0.1.example.com/', true)).toThrow('must be an https URL');
  expect(() => readWebhookUrl('http://10.0.0.1/', true)).toThrow('must be an https URL');
});
