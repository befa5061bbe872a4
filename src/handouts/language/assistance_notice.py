# ruff: noqa: RUF001 - letters of other scripts that look like Latin ones
"""The notice of availability of language assistance (45 CFR 92.11): the short form of HHS's sample, by language.

Verbatim from the 2024 sample of the Office for Civil Rights of the US Department of Health and Human Services, as one
public copy has it; its place for a TTY number was not in that copy. Nobody has compared it with HHS's own files
(https://www.hhs.gov/sites/default/files/notice-availability-language-services-auxiliary-aids-<language>.docx).
Languages whose 2024 wording was not found are missing, such as Tagalog, Haitian Creole, Portuguese, Polish and Hindi.
"""

from collections.abc import Mapping
from typing import Final

ASSISTANCE_NOTICES: Final[Mapping[str, str]] = {
    "en": (
        "ATTENTION: If you speak a language other than English, free language assistance services "
        "are available to you. Appropriate auxiliary aids and services to provide information in "
        "accessible formats are also available free of charge. Call {phone} or speak to your "
        "provider."
    ),
    "es": (
        "ATENCIÓN: Si habla español, tiene a su disposición servicios gratuitos de asistencia "
        "lingüística. También están disponibles de forma gratuita ayuda y servicios auxiliares "
        "apropiados para proporcionar información en formatos accesibles. Llame al {phone} o hable "
        "con su proveedor."
    ),
    "zh-Hans": (
        "注意：如果您说中文，我们将免费为您提供语言协助服务。我们还免费提供适当的辅助工具和服务，以无障碍"
        "格式提供信息。致电 {phone} 或咨询您的服务提供商。"
    ),
    "zh-Hant": (
        "注意：如果您說中文，我們可以為您提供免費語言協助服務。也可以免費提供適當的輔助工具與服務，以無障"
        "礙格式提供資訊。請致電 {phone} 或與您的提供者討論。"
    ),
    "de": (
        "ACHTUNG: Wenn Sie Deutsch sprechen, stehen Ihnen kostenlose Sprachassistenzdienste zur "
        "Verfügung. Entsprechende Hilfsmittel und Dienste zur Bereitstellung von Informationen in "
        "barrierefreien Formaten stehen ebenfalls kostenlos zur Verfügung. Rufen Sie {phone} an oder "
        "sprechen Sie mit Ihrem Provider."
    ),
    "ar": (
        "تنبيه: إذا كنت تتحدث اللغة العربية، فستتوفر لك خدمات المساعدة اللغوية المجانية. كما تتوفر "
        "وسائل مساعدة وخدمات مناسبة لتوفير المعلومات بتنسيقات يمكن الوصول إليها مجانًا. اتصل على "
        "الرقم {phone} أو تحدث إلى مقدم الخدمة."
    ),
    "pdc": (
        "ACHTUNG: Wann du Pennsylvanisch Deitsch schwetzscht, sin Hilfsdienst fer die Sprooch fer "
        "dich gratis verfügbar. Passende Hilfsmittel un Dienscht, fer Informatione in zugängliche "
        "Formate ze gebbe, sin aa gratis verfügbar. Ruf {phone} oder schwetz mit dein Anbieter."
    ),
    "ru": (
        "ВНИМАНИЕ: Если вы говорите на русском языке, вам доступны бесплатные услуги языковой "
        "поддержки. Соответствующие вспомогательные средства и услуги по предоставлению информации в "
        "доступных форматах также предоставляются бесплатно. Позвоните по телефону {phone} или "
        "обратитесь к своему поставщику услуг."
    ),
    "fr": (
        "ATTENTION : Si vous parlez français, des services d'assistance linguistique gratuits sont à "
        "votre disposition. Des aides et services auxiliaires appropriés pour fournir des "
        "informations dans des formats accessibles sont également disponibles gratuitement. Appelez "
        "le {phone} ou parlez à votre fournisseur."
    ),
    "vi": (
        "LƯU Ý: Nếu bạn nói tiếng Việt, chúng tôi cung cấp miễn phí các dịch vụ hỗ trợ ngôn ngữ. Các "
        "hỗ trợ dịch vụ phù hợp để cung cấp thông tin theo các định dạng dễ tiếp cận cũng được cung "
        "cấp miễn phí. Vui lòng gọi theo số {phone} hoặc trao đổi với người cung cấp dịch vụ của "
        "bạn."
    ),
    "so": (
        "FIIRO GAAR AH: Haddaad ku hadasho Soomaali, adeegyo kaalmada luuqadda ah oo bilaash ah "
        "ayaad heli kartaa. Qalab caawinaad iyo adeegyo oo habboon si loogu bixiyo macluumaadka "
        "qaabab la adeegsan karo ayaa sidoo kale bilaa lacag heli karaa. Wac {phone} ama la hadal "
        "bixiyahaaga."
    ),
    "ko": (
        "주의: 한국어를 사용하시는 경우 무료 언어 지원 서비스를 이용하실 수 있습니다. 이용 가능한 "
        "형식으로 정보를 제공하는 적절한 보조 기구 및 서비스도 무료로 제공됩니다. {phone}번으로 "
        "전화하거나 서비스 제공업체에 문의하십시오."
    ),
    "it": (
        "ATTENZIONE: se parli italiano, sono disponibili servizi di assistenza linguistica gratuiti. "
        "Sono inoltre disponibili gratuitamente ausili e servizi ausiliari adeguati per fornire "
        "informazioni in formati accessibili. Chiama l'{phone} o parla con il tuo fornitore."
    ),
    "ja": (
        "注：日本語を話される場合、無料の言語支援サービスをご利用いただけます。アクセシブル（誰もが利用で"
        "きるよう配慮された）な形式で情報を提供するための適切な補助支援やサービスも無料でご利用いただけま"
        "す。{phone}までお電話ください。または、ご利用の事業者にご相談ください。"
    ),
    "nl": (
        "LET OP: als je Nederlands spreekt, zijn er gratis taalhulpdiensten voor je beschikbaar. "
        "Passende hulpmiddelen en diensten om informatie in toegankelijke formaten te verstrekken, "
        "zijn ook gratis beschikbaar. Bel {phone} of spreek met je provider."
    ),
    "uk": (
        "УВАГА: Якщо ви розмовляєте українською мовою, вам доступні безкоштовні мовні послуги. "
        "Відповідні допоміжні засоби та послуги для надання інформації у доступних форматах також "
        "доступні безкоштовно. Зателефонуйте за номером {phone} або зверніться до свого "
        "постачальника."
    ),
}
"""The notice in each language, by BCP 47 tag, with {phone} for the number to call."""
