const COUNTRY_NAMES = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

/** Codes that Unicode has a name for and ISO 3166-1 has no country for. */
const NO_COUNTRIES = ['AC', 'CP', 'CQ', 'DG', 'EA', 'EU', 'EZ', 'IC', 'QO', 'TA', 'UN', 'XA', 'XB', 'ZZ'];

/** ISO 3166-1 alpha-2, and Kosovo's XK, which AWS WAF takes too. Codes of former countries are not among them. */
export function isCountryCode(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    /^[A-Z]{2}$/.test(value) &&
    COUNTRY_NAMES.of(value) !== undefined &&
    new Intl.Locale(`und-${value}`).region === value &&
    !NO_COUNTRIES.includes(value)
  );
}
