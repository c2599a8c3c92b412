"""Given names that are common in the languages of Europe and the Americas and among English-speaking Indians.

With one of them in front, two or three capitalized words that nothing announces are a person: a line of its own under
the headline, or a site that bears the name of the one who writes it. The list proves a person, it never disproves one.
"""

from __future__ import annotations

import re
import unicodedata

_NAMES = frozenset(
    """
    aaron abby abigail adam adrian adriana agnes aidan alan alana albert alberto alejandra alejandro alex
    alexander alexandra alexis alfred alice alicia alison allen allison alyssa amanda amber amelia amit amy ana
    anastasia anders andre andrea andreas andres andrew andy angel angela anil anita anja ann anna anne annette
    annie anthony antje anton antonio april ariel arjun arthur ashley astrid audrey axel barbara beatrice becky
    ben benedikt benjamin bernard bernd beth betty beverly bianca bill birgit bjorn blake bob bonnie brad
    bradley brandon brenda brendan brett brian bridget brittany brooke bruce bruno bryan caitlin cameron camila
    camille carl carla carlos carmen carol carole caroline carolyn carrie cassidy cassie catherine cecilia
    celeste celia chad charles charlie charlotte chelsea cheryl chloe chris christa christian christiane
    christina christine christoph christophe christopher chuck claire clara claudia claus clement colin connor
    cory courtney craig cristina cynthia daisy damian damien dan dana daniel daniela danielle danny darren dave
    david dawn dean deborah debra deepak denis denise dennis derek diana diane diego dieter dietmar dominic
    dominik don donald donna doris dorothy doug douglas dustin dylan eduardo edward eileen elaine eleanor elena
    eliot elisa elisabeth elizabeth ella ellen elliot emanuel emilia emilio emily emma enrique eric erica erich
    erik erin ernest esther ethan eugene eva evan evelyn fabian fatima felix fernando finn fiona florence
    florian frances francesca francesco francis francisco francois frank franz fred frederic frederik gabriel
    gabriela gareth gary gavin geoff geoffrey george georgia gerald gerd gerhard gilbert giovanni giulia
    giuseppe gloria gordon grace graham greg gregory greta guillaume guillermo gunter gustav guy hannah hans
    harald harold harriet harry hayley heather heidi heike heiko heinrich heinz helen helena helene helga helmut
    henrik henry herbert hilary holger holly horst howard hugo ian ignacio ingrid irene iris isaac isabel
    isabella isabelle ivan jack jackie jacob jacqueline jacques jaime jake jakob james jamie jan jana jane janet
    janice jared jasmine jason javier jean jeff jeffrey jen jenna jennifer jenny jens jeremy jerome jerry jesse
    jessica jill jim jimmy jo joan joanna joanne jochen jody joe joel johan johann johanna johannes john johnny
    jon jonas jonathan jordan jorg jorge jose josef joseph josh joshua joyce juan judith judy julia julian
    juliana julie julien juliet juliette julius jurgen justin kai karen karin karina karl karla karsten kate
    katharina katherine kathleen kathryn kathy katie katja katrin kaylee keith kelly kelsey ken kenneth kerry
    kerstin kevin kim kimberly kirsten klaus konstantin kristen kristin kristina kumar kurt kyle lara lars laura
    lauren laurence laurent lea leah lee lena leo leon leonard leonie leslie liam lillian lillie lily linda
    lindsay lindsey lisa liz logan lois lorenzo lori lothar louis louise luca lucas lucia lucie lucy luis luisa
    lukas luke lutz lydia lynn mackenzie madeleine madeline madison magdalena manfred manuel manuela marc marcel
    marcia marco marcus margaret margarita maria marian mariana marianne marie marilyn marina mario marion
    marissa mark markus marlene marta martha martin martina mary mason mateo mathias mathieu mats matt matteo
    matthew matthias matthieu maureen max maximilian maya meaghan megan mehmet melanie melissa meredith mia
    micah michael michaela michel michele michelle miguel mikael mike mila mira miranda miriam mohamed mohammed
    molly monica monika morgan moritz mustafa nadia nadine nancy natalia natalie natasha nathalie nathan neil
    nicholas nick nicola nicolas nicole niklas niko nikolai nils nina noah noel nora norbert norman oliver
    olivia olivier oscar oskar otto owen pablo pamela paolo pascal patricia patrick patrik paul paula pauline
    pedro peggy penelope per pete peter petra phil philip philipp philippe phillip phoebe pierre polly priya
    rachel rafael rahul rainer raj ralf ralph ramona randy raphael raul ray raymond rebecca regina reinhard rene
    renee ricardo richard rick rita rob robert roberto robin robyn rodrigo roger roland rolf roman ron ronald
    rosa rose ross roxanne roy ruben rudiger rudolf russell ruth ryan sabine sabrina sally sam samantha samuel
    sandra sandy sara sarah sean sebastian sergio seth shane shannon sharon shaun shauna shawn sheila shelby
    shirley sierra silke silvia simon simone sofia sonia sonja sophia sophie spencer stacey stacy stefan
    stefanie stephan stephanie stephen steve steven stuart sue summer susan susanne suzanne sven sylvia sylvie
    tamara tanja tanya tara tatiana taylor ted teresa terry thea theodore theresa thomas thorsten tiffany till
    tim timo timothy tina tobias todd tom tomas toni tony torsten tracey tracy travis trevor tristan tyler
    ulrich ulrike ursula ute uwe valentina valeria valerie vanessa vera verena veronica veronika vicky victor
    victoria viktor vincent viola virginia vivian vladimir walter wanda warren wayne wendy werner wesley wilhelm
    will william wolfgang xavier yann yasmin yves yvonne zachary zoe
    """.split()
)
_WORD = r"[^\W\d_][\w'’-]*\.?"
_NAME = re.compile(rf"{_WORD}(?: {_WORD}){{1,3}}")


def is_full_name(text: str) -> bool:
    """Whether a text is two to four capitalized words, the first of them a common given name."""
    if len(text) > 40 or not _NAME.fullmatch(text):
        return False
    words = text.split()
    return fold_name(words[0]) in _NAMES and words[-1][0].isupper() and words[0][0].isupper()


def is_given_name(word: str) -> bool:
    """Whether a word is a common given name, in capitals or not."""
    return fold_name(word) in _NAMES


def fold_name(word: str) -> str:
    """A given name in the form of the list: lower case, accents off."""
    decomposed = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))
