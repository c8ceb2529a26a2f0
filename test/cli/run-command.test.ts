import { parseArgs } from 'node:util';
import { describe, expect, it } from 'vitest';
import { runCommand } from '../../cli/run-command.ts';

const VERBS = {
  sing: {
    summary: 'makes a sound',
    help: 'Usage: sing [--loud]\n',
    run: (args: readonly string[], print: (text: string) => void) => {
      const { values } = parseArgs({ args: [...args], options: { loud: { type: 'boolean' } } });
      print(values.loud ? 'LA' : 'la');
      return 0;
    },
  },
};

async function run(...args: string[]) {
  let printed = '';
  const code = await runCommand(VERBS, args, (text) => {
    printed += text;
  });
  return { code, printed };
}

describe('the command line', () => {
  it('runs the verb with what follows it', async () => {
    expect(await run('sing', '--loud')).toEqual({ code: 0, printed: 'LA' });
  });

  it('lists the verbs when it is asked, and when none is named', async () => {
    expect(await run('--help')).toMatchObject({ code: 0, printed: expect.stringContaining('sing  makes a sound') });
    expect(await run()).toMatchObject({ code: 2, printed: expect.stringContaining('sing  makes a sound') });
  });

  it('refuses what it does not know, by name', async () => {
    expect(await run('dance')).toMatchObject({ code: 2, printed: expect.stringContaining('There is no verb dance.') });
    expect(await run('constructor')).toMatchObject({ code: 2 });
    const wrong = await run('sing', '--quietly');
    expect(wrong.code).toBe(2);
    expect(wrong.printed).toContain('--quietly');
    expect(wrong.printed).toContain('Usage: sing');
  });

  it('hides no fault of its own', async () => {
    const broken = { ...VERBS.sing, run: () => Promise.reject(new Error('broken')) };
    await expect(runCommand({ broken }, ['broken'], () => undefined)).rejects.toThrow('broken');
  });
});
