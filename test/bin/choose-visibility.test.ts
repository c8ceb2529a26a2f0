import { copyFileSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { chooseVisibility } from '../../bin/choose-visibility.ts';
import { readConfig } from '../../lib/config/config.ts';
import { ROOT } from '../architecture/sources.ts';

let folder: string;
let file: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-cdk-json-'));
  file = join(folder, 'cdk.json');
  copyFileSync(join(ROOT, 'cdk.json'), file);
});

afterEach(() => rmSync(folder, { recursive: true }));

/** A person who answers so, one after the other. */
function person(...answers: string[]) {
  const questions: string[] = [];
  const ask = async (question: string) => {
    questions.push(question);
    return answers.shift() ?? '';
  };
  return { questions, ask };
}

const chosen = () => JSON.parse(readFileSync(file, 'utf8')).context.vitrine.defaultVisibility;

describe('who sees new files', () => {
  it.each([
    ['private', 'private'],
    [' Private ', 'private'],
    ['public', 'public'],
    ['', 'public'],
  ])('is %j when a person answers so', async (answer, expected) => {
    const before = readFileSync(file, 'utf8');
    await chooseVisibility(file, person(answer).ask);

    expect(chosen()).toBe(expected);
    expect(readConfig(JSON.parse(readFileSync(file, 'utf8')).context.vitrine).defaultVisibility).toBe(expected);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(JSON.parse(before));
  });

  it('is asked again after an answer that is no choice, with the choices', async () => {
    const { ask, questions } = person('yes', 'private');
    await chooseVisibility(file, ask);

    expect(questions.at(-1)).toBe('Please answer public or private: ');
    expect(chosen()).toBe('private');
  });

  it('is asked once', async () => {
    await chooseVisibility(file, person('private').ask);
    const { ask, questions } = person('public');
    await chooseVisibility(file, ask);

    expect([questions, chosen()]).toEqual([[], 'private']);
  });

  it('stays undecided where nobody can be asked', async () => {
    const before = readFileSync(file, 'utf8');
    await chooseVisibility(file, undefined);

    expect(readFileSync(file, 'utf8')).toBe(before);
  });
});
