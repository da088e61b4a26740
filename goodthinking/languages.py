"""The languages of the site: pure data, no Django. A line here and a catalogue under locale/ add one."""

SOURCE = "en-gb"

LANGUAGES = [
    # (code in the address, the language's own name)
    ("en-gb", "English"),
    ("ar", "العربية"),
    ("bn", "বাংলা"),
    ("es", "Español"),
    ("gu", "ગુજરાતી"),
    ("pl", "Polski"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("so", "Soomaali"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
]
