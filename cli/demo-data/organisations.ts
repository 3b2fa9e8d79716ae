/** The invented organisations. Codes have the shape of real ones. */

/** One organisation. */
export interface DemoOrganisation {
  readonly odsCode: string;
  readonly name: string;
  readonly type: 'NHS_TRUST' | 'CARE_TRUST';
  readonly status: 'OPEN' | 'CLOSED';
  readonly vpd: string;
  /** Share of the staff. */
  readonly share: number;
}

/** Six trusts, and one that closed: accounts there must move, and nobody is employed there. */
export const ORGANISATIONS: readonly DemoOrganisation[] = [
  trust('RZ1', 'Ashbourne Valley NHS Trust', '901', 24),
  trust('RZ2', 'Brackenford University Hospitals NHS Trust', '902', 28),
  trust('RZ3', 'Calder Moor Community NHS Trust', '903', 14),
  trust('RZ4', 'Dunmere Coast Hospitals NHS Trust', '904', 14),
  trust('RZ5', 'Eastholme Mental Health NHS Trust', '905', 12),
  trust('RZ6', 'Fenwick Vale Ambulance Service NHS Trust', '906', 8),
  { ...trust('RZ9', 'Old Calder Infirmary NHS Trust', '909', 0), status: 'CLOSED' },
];

/** The trusts that send extracts. */
export const OPEN_TRUSTS = ORGANISATIONS.filter(({ status }) => status === 'OPEN');

function trust(odsCode: string, name: string, vpd: string, share: number): DemoOrganisation {
  return { odsCode, name, type: 'NHS_TRUST', status: 'OPEN', vpd, share };
}
