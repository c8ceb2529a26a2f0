export const DEFAULT_FAMILY = 'Open Sans';

/** Families whose fonts call themselves otherwise than URLs do. */
const OWN_NAMES: Readonly<Record<string, string>> = {
  AbrilFatFace: 'Abril Fatface',
  exo: 'Exo',
  PT_Serif: 'PT Serif',
  'Old Standard': 'Old Standard TT',
};

/** The name by which fontconfig finds a built-in family. */
export const familyName = (family: string): string => OWN_NAMES[family] ?? family;
