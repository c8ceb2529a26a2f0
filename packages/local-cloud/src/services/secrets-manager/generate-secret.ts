import { randomInt } from 'node:crypto';

/** GenerateSecretString of AWS::SecretsManager::Secret. */
export interface GenerateSecretString {
  readonly SecretStringTemplate?: string;
  readonly GenerateStringKey?: string;
  /** Characters, 1 to 4096. @default 32 */
  readonly PasswordLength?: number;
  readonly ExcludeCharacters?: string;
  readonly ExcludeLowercase?: boolean;
  readonly ExcludeUppercase?: boolean;
  readonly ExcludeNumbers?: boolean;
  readonly ExcludePunctuation?: boolean;
  readonly IncludeSpace?: boolean;
  /** @default true */
  readonly RequireEachIncludedType?: boolean;
}

/** The characters of GetRandomPassword, by type. */
const LOWERCASE = 'abcdefghijklmnopqrstuvwxyz';
const NUMBERS = '0123456789';
const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/**
 * The text of a new secret: a random password, or the template's JSON with the password under its key.
 * @throws when no character is left, or the length does not hold one of each type
 */
export function generateSecretString(rule: GenerateSecretString): string {
  const password = generatePassword(rule);
  const { SecretStringTemplate: template, GenerateStringKey: key } = rule;
  if (template === undefined || key === undefined) return password;
  return JSON.stringify({ ...(JSON.parse(template) as object), [key]: password });
}

function generatePassword(rule: GenerateSecretString): string {
  const length = rule.PasswordLength ?? 32;
  const types = characterTypes(rule);
  const each = rule.RequireEachIncludedType === false ? [] : types;
  if (types.length === 0 || length < Math.max(1, each.length)) {
    throw new Error(`GenerateSecretString leaves no password of ${length} characters.`);
  }
  const all = types.join('');
  const characters = [...each.map(pick), ...Array.from({ length: length - each.length }, () => pick(all))];
  return shuffle(characters).join('');
}

function characterTypes(rule: GenerateSecretString): string[] {
  const excluded = rule.ExcludeCharacters ?? '';
  const types = [
    rule.ExcludeLowercase ? '' : LOWERCASE,
    rule.ExcludeUppercase ? '' : LOWERCASE.toUpperCase(),
    rule.ExcludeNumbers ? '' : NUMBERS,
    rule.ExcludePunctuation ? '' : PUNCTUATION,
    rule.IncludeSpace ? ' ' : '',
  ];
  return types.map((type) => [...type].filter((one) => !excluded.includes(one)).join('')).filter((type) => type !== '');
}

function pick(characters: string): string {
  return characters[randomInt(characters.length)] as string;
}

/** Fisher and Yates; the required characters would else stand first. */
function shuffle(characters: string[]): string[] {
  for (let last = characters.length - 1; last > 0; last--) {
    const other = randomInt(last + 1);
    [characters[last], characters[other]] = [characters[other] as string, characters[last] as string];
  }
  return characters;
}
