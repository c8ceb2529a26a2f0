import { Fn } from 'aws-cdk-lib';

/**
 * An output of another stack, read when the reading one is deployed, across regions and without an export that would lock
 * the other stack (AWS, "Fn::GetStackOutput"). It stands alone or in a join: `Fn::Split` does not take it.
 */
export function outputOf(stack: { readonly stackName: string; readonly region: string }, name: string): string {
  return Fn.getStackOutput(stack.stackName, name, stack.region);
}
