/**
 * Resource types of our templates that the emulator does not know, each with what is done instead. A test fails when it
 * knows one of them, or when a template has one that is not here.
 */
export const UNKNOWN_TYPES: Readonly<Record<string, string>> = {
  'AWS::IAM::RolePolicy': 'Written as AWS::IAM::Policy of the same role, with the same document.',
  'AWS::WAFv2::RuleGroup': 'Made by a call of the API before the stack, under the name of the template.',
  'AWS::WAFv2::IPSet': 'Made by a call of the API before the stack, with the addresses of the template.',
  'AWS::Logs::DeliverySource': 'Left out: the emulator delivers no access logs.',
  'AWS::Logs::DeliveryDestination': 'Left out: the emulator delivers no access logs.',
  'AWS::Logs::Delivery': 'Left out: the emulator delivers no access logs.',
};
