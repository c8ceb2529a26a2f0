import * as z from 'zod';
import { LIMITS } from '../../contract/limits.ts';
import { FIELD_TYPES } from '../../core/library/custom-fields/custom-field.ts';
import { fieldOption, fieldValue } from './field-value.ts';
import { flag, says, wholeNumber } from './members.ts';

const BOUND = says('a number, or a date');

const length = () => wholeNumber(0, LIMITS.customMetadataBytes);

/** Members of every type; which of them a type has is for `core` to say. */
export const fieldRules = () => ({
  selectOptions: z.array(fieldOption(), says('a list')).readonly().optional(),
  defaultValue: fieldValue().optional(),
  isValueRequired: flag().optional(),
  minValue: z.union([z.number(), z.string()], BOUND).optional(),
  maxValue: z.union([z.number(), z.string()], BOUND).optional(),
  minLength: length().optional(),
  maxLength: length().optional(),
});

/** The schema of a field as answers have it. */
export const answeredSchema = () =>
  z.object({
    ...{ type: z.enum(FIELD_TYPES), ...fieldRules() },
    readOnly: z.boolean().optional().meta({ description: 'As a path policy has it.' }),
  });

/** Of an answer about one file. */
export const selectedFields = () => ({
  selectedFieldsSchema: z
    .record(
      z.string(),
      answeredSchema().extend({
        selectOptionsTruncated: z.literal(true).optional().meta({ description: 'There are more options than these.' }),
      }),
    )
    .optional()
    .meta({ description: 'The fields that a path policy chose for the folder of the file; missing where none holds.' }),
});
