import { KEPT_TAG } from '../../lib/kept-tag.ts';
import { identifierOf, type Place, placesIn, type Template } from './kept-resources.ts';

/** What `aws resourcegroupstaggingapi get-resources` prints. */
export interface TaggedResources {
  readonly ResourceTagMappingList?: readonly {
    readonly ResourceARN: string;
    readonly Tags?: readonly { readonly Key: string; readonly Value: string }[];
  }[];
}

/** One item of a change set of type IMPORT (AWS CloudFormation API, "ResourceToImport"). */
export interface ResourceToImport {
  readonly ResourceType: string;
  readonly LogicalResourceId: string;
  readonly ResourceIdentifier: Readonly<Record<string, string>>;
}

export interface Adoption {
  /** The new stack's template without everything that is not adopted: an import may change nothing else. */
  readonly template: Template;
  readonly resources: readonly ResourceToImport[];
  /** Places for which nothing was kept; the deployment afterwards fills them with something empty. */
  readonly empty: readonly Place[];
}

/** Says in a sentence why nothing can be adopted. */
export class AdoptionError extends Error {}

/**
 * Finds for each place of a new stack what was kept for it.
 * @param take ARNs to take where several are tagged for one place
 * @throws AdoptionError
 */
export function planAdoption(template: Template, tagged: TaggedResources, take: readonly string[] = []): Adoption {
  const places = placesIn(template).map((place) => ({ place, arn: arnFor(place, tagged, take) }));
  const found = places.flatMap(({ place, arn }) => (arn === undefined ? [] : [{ place, arn }]));
  if (found.length === 0) throw new AdoptionError('No resource in the list was kept for this stack.');
  const ids = found.map(({ place }) => place.logicalId);
  const Resources = Object.fromEntries(Object.entries(template.Resources).filter(([id]) => ids.includes(id)));
  return {
    template: { Resources },
    resources: found.map(toImport),
    empty: places.filter(({ arn }) => arn === undefined).map(({ place }) => place),
  };
}

function arnFor({ tag, type }: Place, { ResourceTagMappingList = [] }: TaggedResources, take: readonly string[]) {
  const arns = ResourceTagMappingList.filter(
    ({ ResourceARN, Tags = [] }) =>
      identifierOf(type, ResourceARN) && Tags.some(({ Key, Value }) => Key === KEPT_TAG && Value === tag),
  ).map(({ ResourceARN }) => ResourceARN);
  const chosen = arns.length > 1 ? arns.filter((arn) => take.includes(arn)) : arns;
  if (arns.length === 0 || chosen.length === 1) return chosen[0];
  throw new AdoptionError(`Several resources were kept as ${tag}: ${arns.join(', ')}. Name one of them with --take.`);
}

function toImport({ place, arn }: { readonly place: Place; readonly arn: string }): ResourceToImport {
  return {
    ResourceType: place.type,
    LogicalResourceId: place.logicalId,
    ResourceIdentifier: identifierOf(place.type, arn) ?? {},
  };
}
