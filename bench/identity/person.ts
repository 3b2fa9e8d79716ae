/** Who signs in while it is measured, and from where. */
export const PERSON = {
  mail: 'amara.okafor-lindqvist@nhs.example',
  employeeType: 'USER:ACTIVE',
  name: 'Amara Okafor-Lindqvist',
  staffId: 'stf_amara',
} as const;

/** Where the explorer of the authorization server under test sends people back to. */
export const EXPLORER_CALLBACK = 'http://127.0.0.1:4000/explorer/callback';
