import { resolve } from 'node:path';
import { StartFault } from 'local-cloud';
import { describe, expect, it } from 'vitest';
import { HELP, readCommandLine } from '../../local/command-line.ts';

const refusal = (args: string[], environment: Record<string, string> = {}): string => {
  try {
    readCommandLine(args, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(StartFault);
    return (error as Error).message;
  }
  return 'accepted';
};

describe('the command line', () => {
  it('has defaults for everything', () => {
    expect(readCommandLine([], {})).toEqual({
      mediaPort: 4000,
      apiPort: 4001,
      signInPort: 4002,
      stateFolder: resolve('.vitrine'),
      readyFile: undefined,
      assembly: undefined,
      verbose: false,
      help: false,
    });
  });

  it('is no production (SUP-008)', () => {
    expect(refusal([], { NODE_ENV: 'production' })).toMatch(/^NODE_ENV is "production".*npm run deploy/);
    expect(refusal([], { NODE_ENV: 'test' })).toBe('accepted');
    expect(refusal(['--help'], { NODE_ENV: 'production' })).toBe('accepted');
  });

  it('is read with the environment', () => {
    const options = readCommandLine(['--ready-file', 'r.json', '--assembly=out', '--faults', 'f.json'], {
      PORT: '0',
      API_PORT: '65535',
      VITRINE_STATE: '/somewhere',
    });

    expect(options).toMatchObject({
      mediaPort: 0,
      apiPort: 65_535,
      signInPort: 0,
      stateFolder: '/somewhere',
      readyFile: resolve('r.json'),
      assembly: resolve('out'),
      faults: resolve('f.json'),
    });
  });

  it('may ask for a state that is not kept, whatever the environment says', () => {
    expect(readCommandLine(['--ephemeral'], { VITRINE_STATE: '/somewhere' }).stateFolder).toBeUndefined();
  });

  it('takes any free port for both', () => {
    expect(readCommandLine([], { PORT: '0', API_PORT: '0' })).toMatchObject({ mediaPort: 0, apiPort: 0 });
  });
});

describe('a command line is refused', () => {
  it.each([
    [['--epemeral'], "Unknown option '--epemeral'"],
    [['start'], "Unexpected argument 'start'"],
    [['--ready-file'], "Option '--ready-file <value>' argument missing"],
    [['--ephemeral=yes'], "Option '--ephemeral' does not take an argument"],
  ])('%j, in one sentence that names the options', (args, fault) => {
    expect(refusal(args)).toBe(
      `${fault}; the options are --ephemeral, --ready-file, --assembly, --large-uploads, --regions, --viewer-response-sees, --faults, --verbose, --help.`,
    );
  });

  it('for an option without its path', () => {
    expect(refusal(['--ready-file='])).toBe('The option --ready-file needs a path.');
  });

  it.each(['http', '-1', '65536', '4000.5', '0x10', ' 80'])('for PORT=%s', (text) => {
    expect(refusal([], { PORT: text })).toBe(
      `PORT is "${text}"; a port is a number from 0 to 65535, 0 for any free one.`,
    );
    expect(refusal([], { API_PORT: text })).toMatch(/^API_PORT is /);
  });

  it('for one port for both servers', () => {
    expect(refusal([], { PORT: '4001' })).toBe(
      'Media and API would both be on port 4001; set PORT and API_PORT to two ports.',
    );
  });
});

it('explains every option and variable', () => {
  for (const word of [
    '--ephemeral',
    '--ready-file',
    '--assembly',
    '--verbose',
    '--viewer-response-sees',
    '--help',
    'PORT',
    'API_PORT',
    'VITRINE_STATE',
    'VITRINE_VIEWER_COUNTRY',
    'VITRINE_VIEWER_ADDRESS',
  ]) {
    expect(HELP).toContain(word);
  }
});

it('takes all viewers to be in one country, if it is one', () => {
  expect(readCommandLine([], {}).viewerCountry).toBeUndefined();
  expect(readCommandLine([], { VITRINE_VIEWER_COUNTRY: 'DE' }).viewerCountry).toBe('DE');
  expect(() => readCommandLine([], { VITRINE_VIEWER_COUNTRY: 'germany' })).toThrow(
    'VITRINE_VIEWER_COUNTRY is "germany"',
  );
});

it('shows the function after the cache either request', () => {
  const seen = (...values: string[]) =>
    readCommandLine(
      values.map((value) => `--viewer-response-sees=${value}`),
      {},
    ).viewerResponseSees;

  expect([seen(), seen('viewer'), seen('rewritten')]).toEqual([undefined, 'viewer', 'rewritten']);
  expect(() => seen('both')).toThrow('--viewer-response-sees is "both"; it is viewer or rewritten.');
});

it('takes all viewers to have one address, if it is one', () => {
  expect(readCommandLine([], {}).viewerAddress).toBeUndefined();
  expect(readCommandLine([], { VITRINE_VIEWER_ADDRESS: '2001:db8::1' }).viewerAddress).toBe('2001:db8::1');
  expect(() => readCommandLine([], { VITRINE_VIEWER_ADDRESS: '192.0.2' })).toThrow(
    'VITRINE_VIEWER_ADDRESS is "192.0.2"',
  );
});
