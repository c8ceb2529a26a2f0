import { describe, expect, it } from 'vitest';
import { checkProperties } from '../../src/assembly/property-check.ts';
import type { PropertySpec } from '../../src/assembly/resource-type.ts';

const SPECS: Readonly<Record<string, PropertySpec>> = {
  Name: 'run',
  Comment: { ignored: 'A text for people.' },
  Protocol: { only: ['HTTP', 1, true] },
  Config: { object: { Depth: 'run', Rules: { list: { object: { Id: 'run', Note: { ignored: 'A note.' } } } } } },
};

const check = (properties: Record<string, unknown>) => checkProperties(properties, SPECS);

describe('properties', () => {
  it('that are run pass, whatever is in them', () => {
    expect(check({ Name: { any: ['thing'] }, Protocol: 'HTTP', Config: { Depth: 1, Rules: [{ Id: 'a' }] } })).toEqual({
      faults: [],
      ignored: [],
    });
  });

  it('that nobody knows are named with their path, all of them', () => {
    const { faults } = check({ Foo: 1, Config: { Bar: 2, Rules: [{ Id: 'a' }, { Id: 'b', Baz: 3 }] } });

    expect(faults).toEqual([
      { path: 'Foo', fault: 'is not known to the local cloud' },
      { path: 'Config.Bar', fault: 'is not known to the local cloud' },
      { path: 'Config.Rules.1.Baz', fault: 'is not known to the local cloud' },
    ]);
  });

  it('named like something that every object has are not known either', () => {
    expect(check({ constructor: 1 }).faults.map(({ path }) => path)).toEqual(['constructor']);
  });

  it('without effect are told with the reason', () => {
    const { ignored } = check({ Comment: 'x', Config: { Rules: [{ Note: 'y' }] } });

    expect(ignored).toEqual([
      { path: 'Comment', reason: 'A text for people.' },
      { path: 'Config.Rules.0.Note', reason: 'A note.' },
    ]);
  });

  it('take only the values that are run, types included', () => {
    for (const value of ['HTTP', 1, true]) expect(check({ Protocol: value }).faults).toEqual([]);
    expect(check({ Protocol: 'WEBSOCKET' }).faults).toEqual([
      { path: 'Protocol', fault: 'has the value "WEBSOCKET", the local cloud runs "HTTP", 1, true' },
    ]);
    expect(check({ Protocol: '1' }).faults).toHaveLength(1);
  });

  it('of another shape are named', () => {
    expect(check({ Config: [] }).faults).toEqual([{ path: 'Config', fault: 'is not an object' }]);
    expect(check({ Config: { Rules: {} } }).faults).toEqual([{ path: 'Config.Rules', fault: 'is not a list' }]);
    expect(check({ Config: { Rules: ['text'] } }).faults).toEqual([
      { path: 'Config.Rules.0', fault: 'is not an object' },
    ]);
  });
});
