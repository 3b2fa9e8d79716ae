/** Words of the first page, and of the pages about the service. */

/** The first page. */
export const START = {
  title: 'Staff passport',
  lede: 'Carry your checks with you when you move between NHS trusts.',
  signIn: 'Sign in',
  chooseTitle: 'Be somebody',
  chooseLede:
    'One click signs you in as an invented person, and signs out whoever you were in this window. Nothing here is real, and this page is not there in production.',
  be: (name: string): string => `Be ${name}`,
  storyTitle: 'The story, in 2 minutes',
  story: [
    'Be Harriet Sowerby, HR officer of RZ1. Find Okafor-Lindqvist under “Our staff”, and offer her a passport.',
    'Be Amara Okafor-Lindqvist, the nurse. Set up this device, and add what her trust has ready.',
    'Open this page in a private window too. There, be Kwame Boateng, HR officer of RZ2. Ask for a passport and keep the page open.',
    'As the nurse, choose “Share with a trust” and type the code from the other window. The HR officer sees 6 checks.',
    'Be Gareth Penhaligon, administrator of RZ1. Find Okafor-Lindqvist, and ask for her passport to be stopped. In the private window, be Desmond Hawthorne: approve it, and watch it reach everybody in both.',
  ],
  more: 'For developers',
  api: 'Read about the API',
  explorer: 'Open the graph explorer',
} as const;

/** About the service. */
export const ABOUT = {
  accessibility: {
    title: 'Accessibility statement',
    paragraphs: [
      'These pages are made to meet the Web Content Accessibility Guidelines 2.2 at level AA. Every page is checked by a program at 2 widths; nobody has tested them with disabled people yet.',
      'Everything but scanning with a camera and keeping a passport on a device works without script, and everything works with a keyboard.',
      'If something does not work for you, tell the HR department of your trust.',
    ],
  },
  privacy: {
    title: 'Privacy',
    paragraphs: [
      'Who looks at your record, when and why is written down, and you can see it.',
      'Your passport is kept on your own device. A trust sees the parts that you share, for as long as it told you.',
      'We keep 2 cookies. One is for your sign-in, and is deleted when you sign out. The other says that your browser has our style sheet already, so that pages open faster. It says nothing about you.',
    ],
  },
  help: {
    title: 'Help',
    paragraphs: [
      'If something in your record is wrong, or your device is lost, contact the HR department of your trust.',
      'If a page said that there is a problem, tell them the reference that it showed.',
    ],
  },
} as const;
