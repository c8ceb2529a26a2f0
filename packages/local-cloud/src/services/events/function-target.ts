import type { LambdaFunction } from '../lambda/function.ts';
import type { EventTarget } from './event-bus.ts';

/** A function as the target of a rule: an asynchronous invocation, which a thrown error or a throttle makes fail. */
export function functionTarget(lambda: LambdaFunction): EventTarget {
  return async (event) => {
    const { functionError, payload } = await lambda.invoke(event);
    if (functionError) throw new Error(`${lambda.configuration.name} failed: ${payload.toString()}`);
  };
}
