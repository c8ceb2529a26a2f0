import { expect, test } from 'vitest';
import { parsedBody } from './parsed-body.ts';

const saved = (config: unknown) => ({ name: 'a', description: '', config });
const task = { type: 'select_tags', instruction: 'What is it?' };

test.each([
  { name: 'remove-bg' },
  { name: 'remove-bg', options: { add_shadow: true, bg_color: '81d4fa' } },
  { name: 'google-auto-tagging', minConfidence: 0, maxTags: 1 },
  { name: 'ai-auto-description' },
  { name: 'ai-tasks', tasks: [{ ...task, vocabulary: ['a'], min_selections: 0, max_selections: 1 }] },
  { name: 'ai-tasks', tasks: [{ ...task, type: 'select_metadata', field: 'kind', vocabulary: ['a', 1, true] }] },
  {
    name: 'ai-tasks',
    tasks: [
      {
        ...task,
        type: 'yes_no',
        on_yes: { add_tags: ['a'], set_metadata: [{ field: 'kind', value: [1] }], unset_metadata: [{ field: 'x' }] },
      },
    ],
  },
])('%j is a configuration', async (config) => {
  expect(await parsedBody('saved-extensions.create', saved(config))).toEqual(saved(config));
});

test.each([
  [{}, 'one of remove-bg'],
  [{ name: 'saved-extension', id: 'x' }, 'one of remove-bg'],
  [{ name: 'remove-bg', options: { colour: 'red' } }, '"colour"'],
  [{ name: 'aws-auto-tagging' }, 'minConfidence is required'],
  [{ name: 'aws-auto-tagging', minConfidence: 101, maxTags: 1 }, 'from 0 to 100'],
  [{ name: 'ai-tasks', tasks: [] }, 'a list of 1 to 10 tasks'],
  [{ name: 'ai-tasks', tasks: Array(11).fill(task) }, 'a list of 1 to 10 tasks'],
  [{ name: 'ai-tasks', tasks: [{ type: 'paint' }] }, 'one of select_tags, select_metadata, yes_no'],
  [{ name: 'ai-tasks', tasks: [{ type: 'select_tags' }] }, 'instruction is required'],
])('%j is refused', async (config, message) => {
  await expect(parsedBody('saved-extensions.create', saved(config))).rejects.toMatchObject({
    code: 'input.invalid',
    message: expect.stringContaining(message),
  });
});

test('an update of a file takes the same extensions, and a saved one by its id', async () => {
  const body = { extensions: [{ name: 'remove-bg' }, { name: 'saved-extension', id: 'x' }], removeAITags: 'all' };

  expect(await parsedBody('files.update', body)).toEqual(body);
  await expect(parsedBody('files.update', { removeAITags: 'some' })).rejects.toThrow('"all"');
  await expect(parsedBody('files.update', { webhookUrl: 'ftp://x' })).rejects.toThrow('http or https');
});
