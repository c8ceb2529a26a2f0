import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import type { AskedExtension } from '../../core/library/saved-extensions/asked-extensions.ts';
import { SAVED_EXTENSION } from '../../core/library/saved-extensions/asked-extensions.ts';
import type { ExtensionConfig } from '../../core/library/saved-extensions/saved-extension.ts';
import { EXTENSION_NAMES } from '../../core/library/saved-extensions/saved-extension.ts';
import { flag, members, oneLine, says, texts, wholeNumber } from './members.ts';

const ASKED = `one of ${[...EXTENSION_NAMES, SAVED_EXTENSION].join(', ')}`;
const NAMES = `one of ${EXTENSION_NAMES.join(', ')}`;
const VALUE = says('text, a number, true or false');
const INSTRUCTION = says(`text of 1 to ${LIMITS.extensionInstructionCharacters} characters`);
const TASKS = says(`a list of 1 to ${LIMITS.extensionTasks} tasks`);
const LIST = says('a list');

const value = () => z.union([z.string(), z.number(), z.boolean()], VALUE);

const instruction = () =>
  z.string(INSTRUCTION).min(1, INSTRUCTION).max(LIMITS.extensionInstructionCharacters, INSTRUCTION);

const field = () => oneLine(LIMITS.fieldNameCharacters);

const selections = () => ({
  min_selections: wholeNumber(0, LIMITS.selectOptions).optional(),
  max_selections: wholeNumber(1, LIMITS.selectOptions).optional(),
});

const tags = () => texts(LIMITS.tagCharacters, 'tags').optional();

/** What one answer of a question does. */
const consequence = () =>
  members({
    add_tags: tags(),
    remove_tags: tags(),
    set_metadata: z
      .array(members({ field: field(), value: z.union([value(), z.array(value())], VALUE) }), LIST)
      .optional(),
    unset_metadata: z.array(members({ field: field() }), LIST).optional(),
  }).optional();

const task = () =>
  z.discriminatedUnion(
    'type',
    [
      members({
        type: z.literal('select_tags'),
        instruction: instruction(),
        vocabulary: tags(),
        ...selections(),
      }),
      members({
        type: z.literal('select_metadata'),
        instruction: instruction(),
        field: field(),
        vocabulary: z.array(value(), LIST).max(LIMITS.selectOptions, LIST).optional(),
        ...selections(),
      }),
      members({
        type: z.literal('yes_no'),
        instruction: instruction(),
        on_yes: consequence(),
        on_no: consequence(),
        on_unknown: consequence(),
      }),
    ],
    says('one of select_tags, select_metadata, yes_no'),
  );

const autoTagging = <const Name extends string>(name: Name) =>
  members({ name: z.literal(name), minConfidence: wholeNumber(0, 100), maxTags: wholeNumber(1, 100) });

const configs = () =>
  [
    members({
      name: z.literal('remove-bg'),
      options: members({
        add_shadow: flag().optional(),
        semitransparency: flag().optional(),
        bg_color: oneLine(LIMITS.fieldLabelCharacters).optional(),
        bg_image_url: oneLine(LIMITS.urlBytes).optional(),
      }).optional(),
    }),
    autoTagging('google-auto-tagging'),
    autoTagging('aws-auto-tagging'),
    members({ name: z.literal('ai-auto-description') }),
    members({
      name: z.literal('ai-tasks'),
      tasks: z.array(task(), TASKS).min(1, TASKS).max(LIMITS.extensionTasks, TASKS),
    }),
  ] as const;

/** An extension with its options (ImageKit, "Extensions"). */
export const extensionConfig = (): z.ZodType<ExtensionConfig> => z.discriminatedUnion('name', configs(), says(NAMES));

/** The same, or a saved one by its id. */
export const askedExtension = (): z.ZodType<AskedExtension> =>
  z.discriminatedUnion(
    'name',
    [...configs(), members({ name: z.literal(SAVED_EXTENSION), id: z.string(says('text')) })],
    says(ASKED),
  );

/** What an answer says of the extensions that were asked for. */
export const extensionOutcome = () => ({
  extensionStatus: z.record(z.string(), z.literal('failed')).optional(),
  extensionMessage: z.string().optional(),
});
