export interface SeedArticle {
  id: string;
  title: string;
  category: 'Returns' | 'Orders' | 'Repairs' | 'Gear advice' | 'Account' | 'Business';
  body: string;
  examples: readonly string[];
}

/** The help centre of Larkfell, the fictional outdoor shop of the demo. */
export const ARTICLES: readonly SeedArticle[] = [
  {
    id: 'returns-and-refunds',
    title: 'Returns and refunds',
    category: 'Returns',
    body: `You can return anything within 60 days of delivery, also after a night or two outside. Tents, bags and boots may show that they have been used, as long as they are clean, dry and complete. We pay the postage within Europe.

To start a return, open your order in your account and choose Return. You get a label by e-mail; print it or show the code on your phone at any parcel shop. Pitch a tent dry before you pack it, and count the pegs.

Things made to order, gas canisters and opened food can’t come back. Refunds up to €500 are made automatically once the parcel has been checked. Larger ones are decided by a person in our Returns team, usually the same day.`,
    examples: [
      'Can I return a tent I have used once?',
      'how do i send something back',
      'What is your return policy?',
      'how many days do I have to return an item',
      'do I have to pay for return shipping',
      'I changed my mind about the pack, can it go back?',
      'where do I find the return label',
      'is it ok to return boots after wearing them outside',
      'it is not what I expected, how do returns work',
    ],
  },
  {
    id: 'refund-timing',
    title: 'When your refund arrives',
    category: 'Returns',
    body: `Once your return reaches our warehouse in Oslo we check it within two working days and send the refund the same day. Your bank then takes three to five working days to show it. You get an e-mail when the money leaves us.

The refund goes back the way you paid: to the same card, PayPal account or Klarna plan. If you paid part of it with a gift card, that part goes back to the gift card first. Cards that have expired still work, because your bank passes the money on.

If ten working days have gone by since our e-mail and nothing has arrived, ask your bank to look for a credit from Larkfell AS. Should they find nothing, tell us and we will trace it with them.`,
    examples: [
      'When will I get my money?',
      'how long does a refund take',
      'I sent my parcel back last week and have not heard anything',
      'has my return arrived at your warehouse yet',
      'where does the refund go if my card has expired',
      'my refund is not on my bank account yet',
      'which card do you refund to',
      'refund status',
    ],
  },
  {
    id: 'exchanging-size-or-colour',
    title: 'Exchanging a size or colour',
    category: 'Returns',
    body: `You can swap a size or a colour within 60 days, free of charge. Open the order in your account, choose Exchange and pick the one you would rather have. We send it as soon as the first parcel is scanned at the parcel shop, so you don’t wait for it to travel back.

If the new one costs more, you pay the difference when you confirm; if it costs less, we refund the rest. When your size is sold out, choose Return instead and set a stock alert on the product page.

Between two sizes of pack, go by your back length and not by your height. For clothes and gloves, most people take their usual size.`,
    examples: [
      'I ordered the wrong size, can I swap it?',
      'exchange for a different colour',
      'the jacket is too small, can I get a larger one',
      'how do i exchange an item',
      'can I change my gloves from M to L',
      'do I need to send it back before you send the new size',
      'wrong colour, I wanted moss instead of sand',
      'swap for another size',
    ],
  },
  {
    id: 'arrived-faulty-or-damaged',
    title: 'Something arrived faulty or damaged',
    category: 'Returns',
    body: `If something reaches you broken, torn or with a part missing, we replace it at once and you keep the first one until the new one is there. Open the order in your account, choose Report a problem and add a photo. You hear from us within four hours on working days.

Missing pegs, poles or straps are sent out the same day as a letter. For a torn flysheet or a faulty zip we usually send a whole new tent, and a label for the old one.

A damaged box is worth a photo too, even if the contents look fine. Keep it until you have pitched or tried on what was in it.`,
    examples: [
      'my parcel arrived damaged',
      'there are pegs missing from my tent',
      'the tent has a hole in it and it is brand new',
      'item arrived broken, what do I do?',
      'a strap is missing from the pack I got today',
      'one of the cups in the set was cracked when I opened the box',
      'I got the wrong item in my parcel',
      'brand new stove does not work out of the box',
      'you sent me something I did not order instead of my pack',
    ],
  },
  {
    id: 'returning-a-gift',
    title: 'Returning a gift',
    category: 'Returns',
    body: `A gift can be returned or exchanged without the giver knowing. Enter the gift code from the packing slip at larkfell.example/gift and choose a gift card or another item. You don’t need an account, and we write to nobody but you.

Presents bought from 1 November may come back until 31 January, however long ago they were delivered. The value is what was paid, also when the price has changed since.

If the packing slip is gone, the name and postcode on the parcel are enough for us to find the order. A refund in money can only go to the person who paid.`,
    examples: [
      'I got this as a present, can I return it?',
      'return a gift without a receipt',
      'my mother gave me a sleeping bag and I already have one',
      'can I exchange a christmas present',
      'will the person who bought it find out that I returned the gift',
      'i lost the packing slip with the gift code',
      'until when can christmas gifts be returned',
    ],
  },
  {
    id: 'delivery-times-and-costs',
    title: 'Delivery times and costs',
    category: 'Orders',
    body: `Orders placed before 14:00 on a working day leave our warehouse in Oslo the same day. Delivery takes one to two working days in Norway, Sweden and Denmark, and three to five in the rest of Europe. Express brings it the next working day in the Nordic countries and within two days elsewhere.

Standard delivery costs €6 and is free from €75 on. Express is €14. You choose between your door and a parcel shop near you at checkout.

We don’t deliver on Sundays and public holidays. Gas canisters travel by road only, so orders with gas take one or two days longer and can’t go by express.`,
    examples: [
      'How long does delivery take?',
      'how much is shipping',
      'do you ship to Germany',
      'how long does delivery to Sweden take',
      'is delivery free',
      'how fast is express shipping',
      'do you deliver on saturdays',
      'when do you ship if I order today',
      'can I have it delivered to a parcel shop',
      'shipping time to Spain',
    ],
  },
  {
    id: 'where-is-my-order',
    title: 'Where is my order?',
    category: 'Orders',
    body: `You find your parcel under Orders in your account, or through the tracking link in the e-mail that we sent when it left. Tracking wakes up in the evening after we ship, so a blank page in the first hours is normal.

If tracking has not been updated for two working days, the parcel is usually waiting at a sorting centre. After four working days without a scan we start a search with the carrier and, if you’d rather not wait, send the same things again.

An order that says Preparing is still being packed; one that says Waiting for stock shows the expected date beside the item. You can have the parts that are ready sent first at no cost.`,
    examples: [
      'Where is my order?',
      'track my parcel',
      'my tracking has not updated for days',
      'has my order been shipped yet',
      'I have not received my package',
      'when will my order arrive',
      'order still says preparing',
      'what does waiting for stock mean on my order',
      'my delivery is late',
    ],
  },
  {
    id: 'changing-an-order',
    title: 'Changing an order or its address',
    category: 'Orders',
    body: `You can change the address, the size or the delivery day until an order is packed, which is about an hour after you place it. Open the order in your account and choose Change. After that the button is gone, because the parcel is already on the belt.

Once it has left, use the tracking link to send it to a parcel shop or to another day; the carrier lets you do that free of charge. A different street or town is possible only before it ships.

To add something to an order, place a second one within the hour and write the first order’s number in the note. We pack both together and refund the postage of the second.`,
    examples: [
      'I need to change my delivery address',
      'can I add something to my order',
      'I typed the wrong house number in my order',
      'change the delivery day',
      'how do I edit an order after placing it',
      'can you send my parcel to a different address',
      'I picked the wrong size and the order is not packed yet',
      'change my order',
    ],
  },
  {
    id: 'ways-to-pay',
    title: 'Ways to pay',
    category: 'Orders',
    body: `You can pay by Visa, Mastercard, American Express, PayPal, Apple Pay, Google Pay, Vipps in Norway and Klarna in most of Europe. Your card is charged when the parcel leaves and not before; until then you only see a reservation.

Klarna lets you pay in instalments: after 30 days, or in three parts without interest. Prices are shown in euro, or in kroner when you shop from Norway, and always include VAT within Europe.

When a card is declined, it is nearly always the bank’s extra confirmation that timed out. Try again with your banking app open. A reservation from a failed attempt falls away by itself within five days.`,
    examples: [
      'Which payment methods do you accept?',
      'can I pay with paypal',
      'do you take klarna',
      'my card was declined at checkout',
      'can I pay in instalments',
      'when is my card charged',
      'is VAT included in the price',
      'do you accept american express',
      'can i pay with vipps',
    ],
  },
  {
    id: 'customs-outside-the-eu',
    title: 'Customs and duties outside the EU',
    category: 'Orders',
    body: `We ship to Switzerland, the United Kingdom, Iceland and, by express only, to the United States and Canada. For Switzerland and the UK, VAT and duties are already in the price at checkout, so the carrier asks you for nothing at the door.

For Iceland, the United States and Canada the carrier bills import charges before delivery. They depend on what you buy; for a tent reckon with 8 to 17 percent of its price. Returns from these countries are free of charge too, and we give you the form to claim the duties back.

Gas canisters can’t leave the EU and Norway at all. We take them off such an order and refund them before it ships.`,
    examples: [
      'Do I have to pay customs to Switzerland?',
      'do you ship to the USA',
      'import duties for the UK',
      'are taxes included when I order from Iceland',
      'how much customs will I pay for a tent to Canada',
      'shipping outside the EU',
      'can you deliver to London since brexit',
    ],
  },
  {
    id: 'delivered-but-missing',
    title: 'Marked delivered, but not there',
    category: 'Orders',
    body: `When tracking says delivered and there is no parcel, look at the delivery photo behind the tracking link first, and ask the neighbours on both sides. Parcels marked delivered early often turn up within a day, because drivers scan a whole street at once.

If it is still missing the next working day, choose Report a problem on the order. We ask the driver where it was left and send a replacement after two working days, whatever the answer is. You don’t need to write to the carrier yourself.

Parcels in a pick-up box are kept for seven days and then travel back to us. In that case we refund the order or send it again, as you like.`,
    examples: [
      'It says delivered but I did not get anything',
      'my parcel is marked as delivered and it is not here',
      'the package was left outside and now it is gone',
      'the neighbour does not have my parcel',
      'driver says he left it at the door but there is nothing',
      'parcel missing after delivery',
      'how long is my parcel kept at the pick-up box',
    ],
  },
  {
    id: 'free-repairs-for-life',
    title: 'Free repairs for life',
    category: 'Repairs',
    body: `We mend everything we make, free of charge, whatever its age. It does not matter who bought it or how it broke. You only pay for postage to Oslo; we pay for the way back.

Book a repair under Repairs in your account, add two photos, and print the label. Most repairs take ten working days, in April and May up to three weeks. Wash or brush the thing first, as our menders can’t work on wet or muddy fabric.

Parts that wear out, such as stove seals, igniters and inflatable valves, are covered for 12 months and cost a few euro after that. If something can’t be saved, we offer you a new one at half the price.`,
    examples: [
      'Can you mend my old tent?',
      'how does the free repair work',
      'there is a rip in my jacket',
      'I want to send in my pack for repair',
      'how long does a repair take',
      'do you fix gear that is ten years old',
      'can you fix the strap of my pack',
      'what does a repair cost',
      'a buckle on my pack snapped',
      'i burned a hole in my sleeping bag',
    ],
  },
  {
    id: 'broken-tent-pole',
    title: 'A broken or bent tent pole',
    category: 'Repairs',
    body: `A single broken section can be replaced at home in ten minutes. Tell us the tent and the colour of the pole’s tip, and we send the section with new shock cord as a letter, free of charge. It is with you in two to four days.

On the way, slide the metal sleeve from your peg bag over the break and tape both ends; every Larkfell tent comes with one. It holds for the rest of a trip in anything short of a storm. Don’t try to straighten a bent pole, as it will snap the next time.

If two or more sections are gone, or a pole breaks within the first year, we replace the whole pole and want to see a photo, so that we can learn from it.`,
    examples: [
      'my tent pole snapped',
      'a pole of my Ridgeline 2 is broken',
      'can I buy a spare pole section',
      'the pole is bent, can I straighten it?',
      'how do I fix a broken pole on the trail',
      'where does the metal sleeve go',
      'the shock cord inside the pole is loose',
      'replacement pole for the Halla 3',
    ],
  },
  {
    id: 'zips-that-stick-or-split',
    title: 'Zips that stick or split',
    category: 'Repairs',
    body: `A zip that sticks is nearly always dirty. Brush the teeth with warm water and a drop of soap, let it dry, and run a candle along both sides. Never use oil, which gathers sand.

When a zip closes and opens again behind the slider, the slider is worn. Squeeze its two sides gently with pliers, a little at a time, until the teeth hold. That lasts for a trip; a new slider from us lasts for years and comes free of charge by letter.

Halla 3 tents from batch 24-07, sold in September and October, have a door zip that can tear on first use. The batch number is on the label inside the door. We replace these tents without asking for the old one back.`,
    examples: [
      'the zip on my tent is stuck',
      'zipper keeps splitting open behind the slider',
      'how do I fix a broken zip',
      'the door zip of my Halla 3 tore',
      'zip does not close any more',
      'can I get a new zip slider',
      'sand in the zipper',
      'is there a known problem with the Halla 3 zip',
    ],
  },
  {
    id: 'choosing-a-tent',
    title: 'Which tent suits you',
    category: 'Gear advice',
    body: `For two people who walk, take the Ridgeline 2. It weighs 1.9 kg, sleeps two and a dog, stands in strong wind and pitches in four minutes. For three people, or two who like room, the Halla 3 weighs 2.6 kg and has two doors and a porch that fits three packs.

Both are made for spring to late autumn. In heavy snow the Halla 3 is the better choice, since its poles cross three times; neither is a full winter tent.

If you are between the two, think of the porch. With wet boots, a stove and a dog, the extra 700 g of the Halla 3 are soon forgotten.`,
    examples: [
      'Which tent fits two and a dog?',
      'what is the difference between the Ridgeline 2 and the Halla 3',
      'which tent for three people',
      'how heavy is the Ridgeline 2',
      'is the Halla 3 good in snow',
      'I need a light tent for hiking',
      'what tent do you recommend for strong wind',
      'how long does it take to pitch the Ridgeline 2',
      'can I use your tents in winter',
    ],
  },
  {
    id: 'sleeping-bag-temperatures',
    title: 'How warm a sleeping bag you need',
    category: 'Gear advice',
    body: `The number in a bag’s name is its comfort limit: in the Loft −5 most people sleep well down to five degrees below zero. Take a bag whose number is about five degrees below the coldest night you expect, and a little more if you sleep cold.

A bag only warms from above. Under you it is the mat that counts; below zero use one with an R-value of four or more. Dry socks, a hat and something to eat before bed are worth another three degrees.

The Loft −5 weighs 820 g with recycled down and fits people up to 190 cm; the long one fits up to 205 cm and weighs 60 g more.`,
    examples: [
      'How warm is the Loft -5?',
      'which sleeping bag do I need for autumn in Norway',
      'what does the comfort temperature mean',
      'is the Loft −5 warm enough for minus ten',
      'I always sleep cold, which bag should I get',
      'sleeping bag for tall people',
      'how much does the Loft -5 weigh',
      'what mat goes with it in the cold',
    ],
  },
  {
    id: 'fitting-a-pack',
    title: 'Fitting a pack to your back',
    category: 'Gear advice',
    body: `Measure from the bump at the base of your neck to the top of your hip bones. Up to 46 cm take size S, up to 51 cm M, above that L. Your height says little, as long legs and a short back are common.

Put 8 kg in, loosen all straps, and close the hip belt first so that its upper edge sits on the hip bones. Then pull the shoulder straps until they touch, no further: the hips carry, the shoulders only steady. The small straps at the top bring the load closer on steep ground.

The Fell 38 holds 38 litres, weighs 1.1 kg and carries up to 14 kg in comfort. That is three days with a tent, or a week between huts.`,
    examples: [
      'How do I measure my back for a pack?',
      'which size of the Fell 38 do I need',
      'my pack hurts my shoulders, how should it fit',
      'how much weight can the Fell 38 carry',
      'is 38 litres enough for three days',
      'how to adjust the hip belt',
      'what size backpack for a short back',
      'how heavy is the Fell 38',
    ],
  },
  {
    id: 'using-the-morning-set',
    title: 'Using the Morning set safely',
    category: 'Gear advice',
    body: `The Morning set is a pot, a stove and two cups, and takes every screw canister with an EN 417 valve. Light it on flat ground outdoors, and never inside a tent or a closed porch: a burning stove takes the air and gives off carbon monoxide, which you can’t smell.

A 230 g canister boils about 14 litres of water, enough for two people for five days. Below zero the flame grows weak; warm the canister in your jacket first, or use winter gas.

If the igniter does not spark, dry the tip and bend it to 4 mm from the burner. A match works as well. Clean a blocked jet with the pin in the lid, with the gas taken off.`,
    examples: [
      'Which gas fits the Morning set?',
      'can I cook inside my tent',
      'how long does a gas canister last',
      'the igniter on my stove does not spark',
      'stove flame is weak in the cold',
      'how do I clean the jet of the stove',
      'what is included in the Morning set',
      'is it ok to use the stove in the porch',
    ],
  },
  {
    id: 'washing-down',
    title: 'Washing a down sleeping bag or jacket',
    category: 'Gear advice',
    body: `Wash down once a season at most, at 30 degrees on a gentle cycle, in a front loader with down soap. Close all zips first, and rinse twice. Ordinary detergent and softener strip the down of its fat and make it go flat.

Drying takes longer than washing. Tumble it on low heat for two to three hours with three clean tennis balls, until no lumps are left. Damp down smells, and it never gets its loft back.

Between washes, air it after each trip and wipe the collar with a damp cloth. Keep it loose in a big cotton bag, never squeezed in its stuff sack. If you’d rather not wash it yourself, our menders do it for €35.`,
    examples: [
      'How do I wash my down sleeping bag?',
      'can I put a down jacket in the washing machine',
      'my sleeping bag smells after washing',
      'the down is clumping together',
      'what detergent for down',
      'how to dry a down bag',
      'how should I store my sleeping bag',
      'do you clean sleeping bags',
    ],
  },
  {
    id: 're-proofing-a-rain-jacket',
    title: 'Re-proofing a rain jacket',
    category: 'Gear advice',
    body: `When water no longer beads on a rain jacket, wash it first: sweat and smoke are what make it soak up. Use liquid soap without softener at 30 degrees and rinse twice. Half of the time that is all it needs.

If drops still don’t roll off, spray on a water-based proofing while the jacket is wet, wipe off the rest, and tumble it on low for 20 minutes. The warmth sets it. Our jackets and tents are free of PFAS, so please don’t use a spray that contains it.

Twice a year is plenty. If the inside peels or the seam tape lifts, no spray will help; send the jacket to us for a free repair.`,
    examples: [
      'My rain jacket is not waterproof any more',
      'my jacket leaks',
      'how do I re-proof my jacket',
      'water soaks into the fabric instead of beading',
      'which proofing spray should I use',
      'how to wash a rain jacket',
      'are your jackets free of PFAS',
      'can I tumble dry my shell jacket',
      'the seam tape is peeling off',
    ],
  },
  {
    id: 'drying-and-storing-a-tent',
    title: 'Drying and storing a tent',
    category: 'Gear advice',
    body: `Put a tent away bone dry, or it will smell in a week and grow mould in a month. Hang the inner and the flysheet apart for a day, out of the sun, and wipe the groundsheet on both sides. If you must pack it wet, unpack it again within 24 hours.

Mould that is already there comes off with lukewarm water, a soft brush and a little lemon juice. The grey shadow stays, but it does no harm once it is dry. Never use bleach or the washing machine, as both ruin the coating.

Store a tent loosely in a cotton bag in a dry cupboard, with the poles put together once or twice a year so that the cord stays lively.`,
    examples: [
      'How do I dry my tent?',
      'my tent smells musty',
      'there is mould on my tent, how do I get it off',
      'can I wash a tent in the machine',
      'how should I store my tent over the winter',
      'I packed my tent wet',
      'how to clean the groundsheet',
    ],
  },
  {
    id: 'resetting-your-password',
    title: 'Resetting your password',
    category: 'Account',
    body: `Choose Forgot password on the sign-in page and enter your e-mail address. The link that we send works for one hour and once only. If the e-mail does not arrive within five minutes, look in the spam folder, and make sure it is the address that you ordered with.

After six wrong tries an account is locked for 15 minutes. A new password opens it at once.

You can also sign in without a password: choose Send me a link instead. Your orders are visible with the order number and postcode too, so you never need an account to return or track something.`,
    examples: [
      'I forgot my password',
      'how do I reset my password',
      'I can not log in',
      'the password reset e-mail does not arrive',
      'my account is locked after too many tries',
      'sign in without a password',
      'login link expired',
    ],
  },
  {
    id: 'your-details-and-newsletter',
    title: 'Your details and the newsletter',
    category: 'Account',
    body: `Name, phone number, addresses and language are under Profile in your account, and changes count from your next order on. To use a new e-mail address, enter it there and confirm the message that we send to the old one; that keeps strangers out.

The newsletter comes twice a month. Turn it on or off under Profile, or by the link at the foot of each issue. Messages about orders and repairs come in any case.

Under Privacy you can download everything that we hold about you as one file. It is ready within a few minutes.`,
    examples: [
      'How do I change my e-mail address?',
      'update my phone number',
      'I moved, where do I enter my new address in my profile',
      'how do I get the newsletter',
      'I get too many newsletters',
      'download my personal data',
      'change the name on my account',
      'how do I switch the language of my account',
    ],
  },
  {
    id: 'gift-cards-and-discount-codes',
    title: 'Gift cards and discount codes',
    category: 'Account',
    body: `Enter a gift card or a code in the field Gift card or code on the last page of the checkout. Gift cards are valid for three years, can be used bit by bit, and the rest stays on the card. You see the balance at larkfell.example/gift.

Discount codes work once, for one order, and not together with sale prices. If a code is refused, it has mostly run out or the basket is under its minimum, which stands below the field in red.

Gift cards come by e-mail at once, or printed in an envelope within the usual delivery time. They can be for any amount from €20 to €500.`,
    examples: [
      'How do I use a gift card?',
      'my discount code does not work',
      'voucher is not accepted at checkout',
      'what is the balance of my gift card',
      'how long is a gift card valid',
      'can I buy a gift card as a present',
      'where do I enter the voucher code',
      'can I use two codes together',
      'do you have a student discount',
    ],
  },
  {
    id: 'invoices-and-receipts',
    title: 'Invoices and receipts',
    category: 'Account',
    body: `The invoice for each order is a PDF under Orders in your account, from the moment the parcel leaves. It shows VAT by country and serves as proof of purchase for insurance. Without an account, use the link in the shipping e-mail.

To have a company name or a VAT number on it, enter them at checkout under Buying for a company. We can correct an invoice for 30 days after the order; choose Correct invoice beside it. Companies in the EU with a valid number are billed without VAT.

For a repair there is a slip with the date and what was done, but no invoice, since nothing was charged.`,
    examples: [
      'Where can I download my invoice?',
      'I need a receipt for my order',
      'can you put my company name on the invoice',
      'invoice with VAT number',
      'proof of purchase for my insurance',
      'the address on my invoice is wrong',
      'I did not get an invoice',
      'get an invoice as pdf',
    ],
  },
  {
    id: 'orders-for-teams',
    title: 'Orders for teams, schools and companies',
    category: 'Business',
    body: `From ten pieces of one kind we make you an offer of our own: 10 percent off from ten, 15 percent from 25. Schools, scouts and rescue teams get 20 percent on any number. Write to business@larkfell.example with what you need and by when, and you have an offer within one working day.

Logos can be sewn on packs and jackets from 20 pieces, at €9 each and in about four weeks. We bill companies and public bodies with 30 days to pay.

We don’t rent gear out ourselves. Our friends at Vidde Utleie in Oslo and Bergen rent Larkfell tents and packs by the weekend.`,
    examples: [
      'Do you have discounts for companies?',
      'we need 15 packs for our school',
      'can you put our logo on the jackets',
      'group order for a scout troop',
      'bulk order price',
      'can a company pay by invoice with 30 days',
      'do you rent out tents',
      'I would like an offer for our hiking club',
    ],
  },
  {
    id: 'hours-and-contact',
    title: 'Opening hours and how to reach us',
    category: 'Account',
    body: `People answer the chat from Monday to Friday, 9:00 to 18:00 Oslo time. Press “Talk to a person” at the top of the chat at any time; outside these hours your message is first in line in the morning. Most people wait under three minutes.

Our shop and workshop in Oslo are open from Tuesday to Saturday, 10:00 to 17:00, and closed on Sundays and Mondays. You can try on packs there, lie in a sleeping bag, and hand in repairs without a parcel.

By e-mail we are at hello@larkfell.example and answer within one working day. We have no phone line, but call you back if you ask for it in the chat.`,
    examples: [
      'What are your opening hours?',
      'do you have a shop in Oslo',
      'what is your e-mail address',
      'how can I contact customer support',
      'do you have a phone number',
      'are you open on saturday',
      'is the shop open on sunday',
      'where is your store',
      'can I try a pack on somewhere',
    ],
  },
];
