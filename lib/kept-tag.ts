import { CfnDeletionPolicy, CfnResource, Stack, Tags } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/**
 * Tag of every resource that outlives its stack. Its value is the stack's name and the construct's path,
 * `vitrine-eu-west-1/Originals/Bucket`: `npx vitrine adopt` finds by it which resource of a new stack takes the place.
 */
export const KEPT_TAG = 'vitrine:kept';

/** Tags what outlives its stack. Call it when the stacks are complete. */
export function tagKept(scope: IConstruct): void {
  for (const resource of scope.node.findAll()) {
    if (!CfnResource.isCfnResource(resource)) continue;
    if (resource.cfnOptions.deletionPolicy !== CfnDeletionPolicy.RETAIN_EXCEPT_ON_CREATE) continue;
    const owner = resource.node.scope;
    if (owner) Tags.of(owner).add(KEPT_TAG, valueFor(owner.node.path, Stack.of(resource)));
  }
}

function valueFor(path: string, stack: Stack): string {
  return `${stack.stackName}${path.slice(stack.node.path.length)}`;
}
