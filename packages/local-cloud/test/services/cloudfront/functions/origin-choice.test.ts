import { describe, expect, it } from 'vitest';
import { type Answer, answering, missing, picture, runCdn } from '../running-cdn.ts';

describe('a viewer-request function that chooses the origin', () => {
  const choosing = (id: string, given = '') => `import cf from "cloudfront";
    function handler(event) { cf.selectRequestOriginById("${id}"${given}); return event.request; }`;
  const run = (code: string) =>
    runCdn(picture, picture, { functions: { 'viewer-request': code }, behaviour: { TargetOriginId: 'one' } });

  it('has the request sent there', async () => {
    const { url, first, second } = await run(choosing('two'));

    expect((await fetch(`${url}/a`)).status).toBe(200);
    expect([first.requests.length, second.requests.length]).toEqual([0, 1]);
  });

  it('fails for an origin that the distribution does not have, and for options that are not run', async () => {
    const unknown = await run(choosing('three'));
    const withOptions = await run(choosing('two', ', { hostHeader: "a" }'));

    expect((await fetch(`${unknown.url}/a`)).status).toBe(503);
    expect(unknown.log.join()).toContain('There is no origin three');
    expect((await fetch(`${withOptions.url}/a`)).status).toBe(503);
  });
});

describe('a viewer-request function that groups origins', () => {
  const grouping = (group: string) => `import cf from "cloudfront";
    function handler(event) { cf.createRequestOriginGroup(${group}); return event.request; }`;
  const TURNS = '{ originIds: [{ originId: "two" }, { originId: "one" }], failoverCriteria: { statusCodes: [403] } }';
  const run = (code: string, second: Answer) => runCdn(picture, second, { functions: { 'viewer-request': code } });

  it('has the first one asked, whatever the behaviour says', async () => {
    const { url, first, second } = await run(grouping(TURNS), picture);

    expect((await fetch(`${url}/a`)).status).toBe(200);
    expect([first.requests.length, second.requests.length]).toEqual([0, 1]);
  });

  it('has the second one asked after a status of its list, and after no other', async () => {
    const without = await run(grouping(TURNS), missing);
    const failing = await run(grouping(TURNS), answering(502));

    expect((await fetch(`${without.url}/a`)).status).toBe(200);
    expect(without.first.requests.length).toBe(1);
    expect((await fetch(`${failing.url}/a`)).status).toBe(502);
    expect(failing.first.requests.length).toBe(0);
  });

  it('is outweighed by a later choice', async () => {
    const later = grouping(TURNS).replace('return', 'cf.selectRequestOriginById("one"); return');
    const { url, second } = await run(later, picture);

    await fetch(`${url}/a`);

    expect(second.requests).toEqual([]);
  });

  it.each([
    ['an origin that the distribution does not have', TURNS.replace('"one"', '"three"'), 'There is no origin three'],
    ['ids without their objects', '{ originIds: ["one", "two"] }', 'An origin group has two origins'],
    ['one origin', '{ originIds: [{ originId: "one" }] }', 'An origin group has two origins'],
    ['no status', TURNS.replace('403', ''), 'Status codes of an origin group are 400, 403,'],
    ['a status that groups do not know', TURNS.replace('403', '418'), 'Status codes of an origin group are 400, 403,'],
    ['what is not run', TURNS.replace('{', '{ selectionCriteria: "default",'), 'selectionCriteria of an origin group'],
  ])('fails for %s', async (_, group, reason) => {
    const { url, log } = await run(grouping(group), picture);

    expect((await fetch(`${url}/a`)).status).toBe(503);
    expect(log.join()).toContain(reason);
  });
});
