import { isIP } from 'node:net';
import { RegionInfo } from 'aws-cdk-lib/region-info';

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** RFC 1123 labels, at least two. */
export function isHostName(value: unknown): boolean {
  return (
    typeof value === 'string' &&
    value.length <= 253 &&
    /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(value)
  );
}

export function isMailAddress(value: unknown): boolean {
  const [local = '', domain, ...rest] = typeof value === 'string' ? value.split('@') : [];
  return rest.length === 0 && /^[a-z0-9][a-z0-9._+-]{0,63}$/.test(local) && isHostName(domain);
}

export function isHttpsUrl(value: unknown): boolean {
  return typeof value === 'string' && URL.canParse(value) && /^https:\/\/[a-z0-9]/.test(value);
}

export function isCertificateArn(value: unknown): boolean {
  return typeof value === 'string' && /^arn:aws:acm:us-east-1:\d{12}:certificate\/[0-9a-f-]{36}$/.test(value);
}

/** An IPv4 or IPv6 block with its prefix length; AWS WAF takes no /0 ("IPSet"). */
export function isCidrBlock(value: unknown): boolean {
  if (typeof value !== 'string') return false;
  const [address = '', length = '', ...rest] = value.split('/');
  const family = isIP(address);
  if (family === 0 || address.includes('%') || rest.length > 0 || !/^[1-9]\d{0,2}$/.test(length)) return false;
  return Number(length) <= (family === 4 ? 32 : 128);
}

export function isDistinctList(value: unknown, holds: (item: unknown) => boolean): value is unknown[] {
  return Array.isArray(value) && value.every(holds) && new Set(value).size === value.length;
}

export function isWhole(value: unknown, minimum: number, maximum: number): boolean {
  return Number.isInteger(value) && (value as number) >= minimum && (value as number) <= maximum;
}

/** The edge stack is in us-east-1, and a distribution reaches only regions of the same partition. */
export function commercialRegions(): string[] {
  return RegionInfo.regions.filter((region) => region.partition === 'aws').map((region) => region.name);
}

export function isRegion(value: unknown): boolean {
  return commercialRegions().includes(value as string);
}
