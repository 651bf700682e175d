"""What fields in brackets ask for in languages other than English and Chinese: `[Votre nom]`, `[Имя клиента]`.

Such a field is told by what its first word is: a thing that is asked for, whole or with the person whose it is
(`[Nome do cliente]`), that thing with a possessive (`[Ihre Adresse]`), or a request to put something there
(`[Insertar fecha]`). The words are those of dictionaries; what an editor writes in brackets (`[Name geändert]`,
`[источник?]`) is no such field.
"""

from __future__ import annotations

from corpus_lint.named_tuple import NamedTuple

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator


class FieldWords(NamedTuple):
    """The words of a language, as expressions without groups that capture.

    Attributes:
        things: what is asked for.
        yours: possessives that stand before it.
        theirs: possessives that stand behind it.
        of: whose it is, where no noun alone says so.
        asking: verbs that ask the reader to put something there.
    """

    things: str
    yours: str = ""
    theirs: str = ""
    of: str = ""
    asking: str = ""


LANGUAGES = (
    FieldWords(
        "name|vorname|nachname|adresse|anschrift|datum|firma|firmenname|telefonnummer|produktname|betrag|position",
        yours="ihr|ihre|ihren|dein|deine|deinen",
        of="des kunden|der kundin|des unternehmens|der firma|des vereins|des vorsitzenden|des empfängers"
        "|des absenders|der person|des produkts|des projekts|der veranstaltung|ihres unternehmens|ihrer firma",
    ),
    FieldWords(
        "nom|prénom|adresse|date|ville|entreprise|société|téléphone|montant|titre|poste|numéro|couleur",
        yours="votre|vos|ton|ta",
        of="du client|du produit|du destinataire|de l'entreprise|de l’entreprise|de la société"
        "|de l'association|de l’association|de la personne|du projet"
        "|de votre entreprise|de l'événement|de l’événement|du contact",
        asking="insérer|insérez|indiquer|indiquez|saisir|saisissez|compléter",
    ),
    FieldWords(
        "nombre|apellido|apellidos|dirección|fecha|ciudad|empresa|teléfono|importe|cargo|número|producto",
        yours="su|tu",
        of="del cliente|del producto|del destinatario|de la empresa|de su empresa|de tu empresa|de la persona"
        "|del proyecto|del evento|de la organización|completo",
        asking="insertar|inserte|introducir|introduzca|indicar|indique",
    ),
    FieldWords(
        "nome|cognome|indirizzo|data|città|azienda|società|telefono|importo|ruolo|numero|prodotto",
        yours="il tuo|la tua|il suo|la sua|il vostro|tuo|tua",
        of="del cliente|del prodotto|del destinatario|dell'azienda|dell’azienda|della società|della persona"
        "|del progetto|dell'evento|dell’evento",
        asking="inserire|inserisci|indicare|indica",
    ),
    FieldWords(
        "nome|sobrenome|endereço|data|cidade|empresa|telefone|valor|cargo|número|produto",
        yours="seu|sua|teu|tua|o seu|a sua",
        of="do cliente|do produto|do destinatário|da empresa|da sua empresa|da pessoa|do projeto|do evento|completo",
        asking="inserir|insira|informe|preencher|preencha",
    ),
    FieldWords(
        "imię|imię i nazwisko|nazwisko|nazwa|adres|data|miasto|kwota|stanowisko|numer",
        yours="twoje|twój|twoja|państwa",
        of="firmy|klienta|produktu|organizacji|projektu|spółki",
        asking="wstaw|wpisz|podaj",
    ),
    FieldWords(
        "jméno|příjmení|jméno a příjmení|název|adresa|datum|město|částka|číslo",
        yours="vaše|váš|tvoje",
        of="firmy|společnosti|zákazníka|produktu|projektu",
        asking="vložte|doplňte|zadejte|uveďte",
    ),
    FieldWords(
        "имя|фамилия|имя и фамилия|фио|название|адрес|дата|город|компания|сумма|должность|номер телефона",
        yours="ваше|ваш|ваша|твоё|твое",
        of="клиента|компании|организации|товара|продукта|получателя|отправителя|проекта|мероприятия|договора",
        asking="вставьте|вставить|укажите|впишите|введите",
    ),
    FieldWords(
        "ім'я|ім’я|прізвище|ім'я та прізвище|ім’я та прізвище|піб|назва|адреса|дата|місто|компанія|сума|посада",
        yours="ваше|ваш|ваша|твоє",
        of="клієнта|компанії|організації|товару|продукту|одержувача|проєкту",
        asking="вставте|вкажіть|введіть|впишіть",
    ),
    FieldWords(
        "όνομα|όνομά|το όνομα|το όνομά|επώνυμο|διεύθυνσή|ονοματεπώνυμο|διεύθυνση|ημερομηνία|πόλη|εταιρεία|τηλέφωνο",
        theirs="σας|σου",
        of="του πελάτη|της εταιρείας|του προϊόντος|του παραλήπτη|πελάτη|εταιρείας|προϊόντος|παραλήπτη",
        asking="εισάγετε|συμπληρώστε",
    ),
    FieldWords(
        "ad|adı|adınız|adınız soyadınız|soyadınız|isminiz|adresiniz|tarih|şehir"
        "|şirket adı|şirketinizin adı|müşteri adı|ürün adı"
    ),
    FieldWords(
        "nama|alamat|tanggal|kota|perusahaan|nomor telepon|jabatan|jumlah",
        theirs="anda|kamu|lengkap|penerima|perusahaan|pelanggan|produk",
        asking="masukkan|sisipkan|isi",
    ),
    FieldWords(
        "tên|họ tên|họ và tên|địa chỉ|ngày|thành phố|công ty|số điện thoại|số tiền|chức vụ",
        theirs="của bạn|của tôi|công ty|khách hàng|sản phẩm|dự án",
        asking="nhập|chèn|điền",
    ),
    FieldWords(
        # A single noun in brackets is what an editor of old texts adds.
        "اسمك|اسمك الكامل|الاسم الكامل|عنوانك|رقم الهاتف|اسم الشركة|اسم العميل|اسم المنتج|اسم المستلم|اسم المشروع"
        "|اسم المرسل|اسم المؤسسة",
        asking="أدخل|أدرج|اكتب هنا",
    ),
    FieldWords(
        "نام|نام خانوادگی|آدرس|نشانی|تاریخ|شهر|شماره تلفن|مبلغ",
        theirs="شما|شرکت|مشتری|محصول|گیرنده|پروژه|و نام خانوادگی",
    ),
    FieldWords(
        "שם|שמך|השם שלך|כתובת|תאריך|עיר|מספר טלפון|סכום",
        theirs="הלקוח|החברה|המוצר|הנמען|הפרויקט|מלא|שלך",
        asking="הכנס|הזן|הכניסו|הזינו",
    ),
    FieldWords("नाम|आपका नाम|अपना नाम|पता|आपका पता|तारीख|दिनांक|शहर|कंपनी का नाम|ग्राहक का नाम|फ़ोन नंबर|राशि"),
    FieldWords("ชื่อ|ชื่อของคุณ|ชื่อ-นามสกุล|ชื่อบริษัท|ชื่อลูกค้า|ชื่อสินค้า|ที่อยู่|ที่อยู่ของคุณ|วันที่|เบอร์โทรศัพท์|จำนวนเงิน"),
    FieldWords(
        "お名前|氏名|ご氏名|あなたの名前|貴社名|会社名|お客様名|住所|ご住所|日付|日時|電話番号|金額|商品名|担当者名"
    ),
    FieldWords("이름|성명|귀하의 이름|회사명|회사 이름|고객명|고객 이름|주소|날짜|전화번호|금액|제품명|상품명"),
)


def _of(words: FieldWords) -> Iterator[str]:
    """The ways to write a field in a language."""
    yield words.things
    if words.yours:
        yield f"(?:{words.yours}) (?:{words.things})"
    if words.theirs:
        yield f"(?:{words.things}) (?:{words.theirs})"
    if words.of:
        yield f"(?:{words.things}) (?:{words.of})"
    if words.asking:
        yield f"(?:{words.asking}) [^\\[\\]\\n]{{2,40}}"


FIELD_ABROAD = r"\[(?i:" + "|".join(way for words in LANGUAGES for way in _of(words)) + r")\](?![(\[:])"
"""A field in brackets; the expression has no groups."""


def openings() -> list[str]:
    """What such a field begins with, from its bracket to the end of its first word; letters of ASCII in lower case."""
    found = {
        f"[{form}{end}"
        for words in LANGUAGES
        for text in "|".join(filter(None, (words.things, words.yours, words.asking))).split("|")
        for form in _cases(text.split(" ")[0])
        for end in " ]"
    }
    return sorted(found)


def _cases(word: str) -> tuple[str, ...]:
    return (word,) if word.isascii() else (word, word.capitalize(), word.upper())
