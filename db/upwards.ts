/** A region and those it lies in: district, city, province, nation, as six digits; a row of the narrowest holds. */
export const upwards = (region: string): string[] => [
  region,
  `${region.slice(0, 4)}00`,
  `${region.slice(0, 2)}0000`,
  '000000',
];
