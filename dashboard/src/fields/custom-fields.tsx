import { useId } from 'react';
import { useText } from '../i18n/text.tsx';
import { type CustomField, useCustomFields } from './use-custom-fields.ts';
import './custom-fields.css';

export interface CustomFieldsProps {
  /** By the names of the fields. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly isReadOnly: boolean;
  /** Of a file. @default every field is shown */
  readonly folderPath?: string;
  /** @param value undefined takes it away */
  readonly write: (name: string, value: unknown) => void;
}

/** The account's own fields, or those that a folder means, each as its type is written. */
export function CustomFields({ values, isReadOnly, folderPath, write }: CustomFieldsProps) {
  const fields = useCustomFields(folderPath);
  return fields?.map((field) => (
    <FieldInput
      key={field.id}
      field={field}
      value={values[field.name]}
      isReadOnly={isReadOnly || field.schema.readOnly === true}
      write={(value) => write(field.name, value)}
    />
  ));
}

interface FieldInputProps {
  readonly field: CustomField;
  readonly value: unknown;
  readonly isReadOnly: boolean;
  readonly write: (value: unknown) => void;
}

function FieldInput({ field, value, isReadOnly, write }: FieldInputProps) {
  const id = useId();
  const { label, description, schema } = field;
  if (schema.type === 'MultiSelect') return <SeveralOptions {...{ field, value, isReadOnly, write }} />;
  return (
    <div className="custom-field">
      <label htmlFor={id}>{label}</label>
      {schema.type === 'Boolean' || schema.type === 'SingleSelect' ? (
        <OneOption id={id} {...{ field, value, isReadOnly, write }} />
      ) : schema.type === 'Textarea' ? (
        <textarea
          id={id}
          value={String(value ?? '')}
          readOnly={isReadOnly}
          onChange={({ target }) => write(target.value || undefined)}
        />
      ) : (
        <input
          id={id}
          type={schema.type === 'Number' ? 'number' : 'text'}
          step="any"
          placeholder={schema.type === 'Date' ? '2026-12-31T23:59:00Z' : undefined}
          value={String(value ?? '')}
          readOnly={isReadOnly}
          onChange={({ target }) => write(readText(target.value, schema.type))}
        />
      )}
      {description !== undefined && <p className="quiet">{description}</p>}
    </div>
  );
}

const readText = (text: string, type: string): unknown =>
  text === '' ? undefined : type === 'Number' ? Number(text) : text;

const optionsOf = ({ schema }: CustomField): readonly (string | number | boolean)[] =>
  schema.type === 'Boolean' ? [true, false] : (schema.selectOptions ?? []);

function OneOption({ id, field, value, isReadOnly, write }: FieldInputProps & { readonly id: string }) {
  const { asset } = useText();
  const options = optionsOf(field);
  return (
    <select
      id={id}
      value={value === undefined ? '' : String(value)}
      disabled={isReadOnly}
      onChange={({ target }) => write(options.find((option) => String(option) === target.value))}
    >
      <option value="">{asset.noValue}</option>
      {options.map((option) => (
        <option key={String(option)}>{String(option)}</option>
      ))}
    </select>
  );
}

function SeveralOptions({ field, value, isReadOnly, write }: FieldInputProps) {
  const chosen: readonly unknown[] = Array.isArray(value) ? value : [];
  const toggle = (option: unknown) => {
    const next = chosen.includes(option) ? chosen.filter((one) => one !== option) : [...chosen, option];
    write(next.length > 0 ? next : undefined);
  };
  return (
    <fieldset className="custom-field" disabled={isReadOnly}>
      <legend>{field.label}</legend>
      {optionsOf(field).map((option) => (
        <label key={String(option)}>
          <input type="checkbox" checked={chosen.includes(option)} onChange={() => toggle(option)} /> {String(option)}
        </label>
      ))}
    </fieldset>
  );
}
