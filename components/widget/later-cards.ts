import { BookedCard } from './booked-card';
import { DetailsCard } from './details-card';
import { FollowUpCard } from './follow-up-card';
import { FormCard } from './form-card';
import { Instead } from './instead';
import { LATER_TEXTS } from './later-texts';
import { LeaveAddress } from './leave-address';
import { SlotCard } from './slot-card';
import { addTexts } from './texts';
import { UnavailablePaths } from './unavailable-paths';

/** The cards that most conversations never show: a file of its own, loaded when the first of them is to be seen. */
export const LATER_CARDS = {
  SlotCard,
  BookedCard,
  FollowUpCard,
  LeaveAddress,
  FormCard,
  DetailsCard,
  Instead,
  UnavailablePaths,
};

addTexts(LATER_TEXTS);
(globalThis as { batonCards?: typeof LATER_CARDS }).batonCards = LATER_CARDS;
