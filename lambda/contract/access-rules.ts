/** What the names of a deployment's rule groups, whose rules the API keeps, and of their IP sets begin with. */
export function accessRulesName(deployment: string): string {
  return `${deployment}-access-rules`;
}

/** A rule group's name, by what its template says of it: a group is replaced, never changed. */
export function ruleGroupName(deployment: string, version: string): string {
  return `${accessRulesName(deployment)}-v${version}`;
}

/** The part that a group has in common with those before and after it. */
export function groupFamily(name: string): string {
  return name.replace(/-v[0-9a-f]{8}$/, '');
}
