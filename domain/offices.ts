/** The kinds of offices that are told things, each once a region. */
export const officeKinds = [
  'union',
  'operator',
  'commission',
  'court',
  'politicsAndLaw',
  'justice',
  'employersOrganisation',
  'labourInspection',
  'petitionOffice',
  'townshipStreet',
  'superior',
] as const;
export type OfficeKind = (typeof officeKinds)[number];
