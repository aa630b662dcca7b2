"""Names for the demo's people: invented pairs of common names of many origins."""

from collections.abc import Iterator
from random import Random

_GIVEN = """
Aaliyah Abena Adaeze Adam Agnieszka Ahmed Aisha Alasdair Alejandra Alison Amara Amina Anand Andrea Angharad Anja
Anneliese Anwar Aoife Arjun Asha Ayesha Bartosz Beatrice Benedict Bethan Bilal Bogdan Bronwen Caitlin Callum Carys
Catherine Cedric Chantelle Chidi Chloe Claire Colm Conor Daniela Darren Deepa Delroy Demetrios Denise Dermot Dilys
Dominika Donna Duncan Ebony Efua Eilidh Eleni Elin Emeka Emma Esme Esther Ewan Farah Fatima Femi Fergus Fiona Fraser
Gareth Gemma Geraint Ghulam Gita Gloria Gordon Grace Gwyneth Habiba Hamish Hannah Haruka Hassan Helga Hina Hui Ian
Ifeoma Imran Ines Iolo Isla Ivana Jasmine Jawad Jia Joanna Jocelyn Joy Kamal Karen Kateryna Kavita Keisha Kenneth
Khadija Kieran Kofi Krystyna Kwame Lamar Latisha Laura Leila Lesley Li Lina Lorna Lucia Lukasz Magda Mairi Malik
Manon Marcus Maria Marlon Meera Mei Mihai Milica Miriam Mohammed Moira Morag Musa Nadia Naomi Natasha Neil Ngozi
Niamh Nikhil Nkechi Noor Nuala Oksana Olga Olu Omar Orla Owain Padraig Parveen Patrice Pavel Petra Philippa Pooja
Priya Rachel Rafal Rajesh Rebecca Renata Rhian Rhys Roisin Rosalind Rukhsana Ruth Saad Sadia Safiya Samir Sandra
Sanjay Sarah Sean Shabnam Shanice Sharon Shirin Sian Simone Sinead Sofia Stefan Stella Sunita Susan Tadeusz Tamara
Tariq Temi Tendai Thandi Theresa Tomasz Uma Usha Valentina Vanessa Vera Vikram Wei Wendy Winston Xiulan Yasmin
Yetunde Yusuf Zainab Zofia Zuzana
"""

_FAMILY = """
Abara Abbott Acheampong Achterberg Adeyinka Afzal Agarwal Ainsworth Akhtar Albescu Aldridge Amoah Andrzejczak Ansah
Appleyard Arkwright Asante Ashdown Atherton Aziz Babatunde Bainbridge Balogun Banerjee Barraclough Bashir Baxter
Beaumont Begum Bellweather Bhatt Birtwistle Blackwood Boateng Bowden Brannigan Brereton Broadbent Brzezicki
Cadwallader Calloway Carmichael Castellano Chadwick Chaudhry Cheung Chikwanha Chowdhury Clegg Cockcroft Coghlan
Corrigan Crabtree Cunliffe Dangerfield Danjuma Desai Dhillon Dimitriou Dobrescu Donnelly Drinkwater Duffield
Dziedzic Eastwell Ebanks Ekwueme Ellershaw Entwistle Esposito Fairclough Farrukh Featherstone Ferreira Fitzsimmons
Flanagan Forsythe Galbraith Gathercole Georgiou Gethin Ghosh Gilchrist Gledhill Goldwater Greenhalgh Grzelak
Gunawardena Hadfield Halliwell Hamidi Hargreaves Hathersage Haworth Hepworth Hinchliffe Holroyd Horvat Hossain Huang
Ibekwe Igwe Inskip Iqbal Islam Iwanska Jablonska Jagger Jamieson Jankowski Jarvis Jephcott Joshi Kalsi Kapoor
Karlsen Kaur Kavanagh Kearsley Kershaw Khatun Kilbride Kowalczyk Kulkarni Kumar Laidlaw Lamptey Larkin Leadbetter
Lewandowicz Lim Lockwood Loughran Lovell Mackintosh Mahmood Majid Malhotra Mbatha Mensah Merriweather Mistry
Mkandawire Molloy Moorcroft Mulcahy Murgatroyd Nadkarni Naqvi Nasir Nettleton Ngata Nkemelu Nowicka Nuttall Nyambura
Oakeshott Obi Odhiambo Ogundipe Okafor Oldroyd Onyango Ormerod Osei Ostrowski Outhwaite Owusu Palaiologos Papadakis
Pasternak Patil Pendlebury Penhaligon Petrov Pickersgill Pillai Pinnock Popescu Prendergast Prosser Qureshi
Radcliffe Rafiq Rahman Ramsbottom Rasool Redfearn Rehman Ridgeway Rosenthal Rothwell Rowbotham Rutherglen Saeed
Sandhu Sarpong Satterthwaite Scholes Shackleton Shah Sharma Shepherdson Sidhu Sikora Silveira Siddiqui Skelhorn
Sokolova Somerville Stanisz Stannard Subramaniam Sugden Sutcliffe Swallow Szymanska Tattersall Tembo Thackwray
Thistlethwaite Threlfall Tillotson Tomlinson Tran Tunnicliffe Uddin Umoh Unsworth Vasilescu Venkatesan Villanueva
Wadsworth Walczak Wambui Warburton Weatherill Whitworth Wigglesworth Winterbottom Wolstenholme Wong Worthington
Wrigley Yadav Yeboah Zaman Zielinska
"""
GIVEN = tuple(_GIVEN.split())
FAMILY = tuple(_FAMILY.split())


def names(rng: Random) -> Iterator[str]:
    """Return invented full names without end; in a large service some people are namesakes."""
    while True:
        yield f"{rng.choice(GIVEN)} {rng.choice(FAMILY)}"


class Addresses:
    """Gives each name an address of its own: the second namesake's has a 2 in it."""

    def __init__(self, domain: str) -> None:
        self._domain = domain
        self._given: dict[str, int] = {}

    def of(self, name: str) -> str:
        """Return an address that nobody has yet."""
        local = name.lower().replace(" ", ".").replace("'", "")
        times = self._given[local] = self._given.get(local, 0) + 1
        return f"{local}{times if times > 1 else ''}@{self._domain}"
