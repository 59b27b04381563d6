"""A SAML identity provider: it makes signed responses, and every kind of response that has to be refused."""

from __future__ import annotations

from base64 import b64encode
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import uuid4

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from lxml import etree
from signxml import XMLSigner, methods

ENTITY = "https://sign-in.university.example/saml"
SIGN_IN = "https://sign-in.university.example/sso"
MAIL = "urn:oid:0.9.2342.19200300.100.1.3"

RESPONSE = """\
<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"
 ID="{response}" Version="2.0" IssueInstant="{now}" Destination="{to}"{answers}>
 <saml:Issuer>{issuer}</saml:Issuer>
 <samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>
 <saml:Assertion ID="{assertion}" Version="2.0" IssueInstant="{now}">
  <saml:Issuer>{issuer}</saml:Issuer>{place}
  <saml:Subject>
   <saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{who}</saml:NameID>
   <saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer">
    <saml:SubjectConfirmationData NotOnOrAfter="{until}" Recipient="{to}"{answers}/>
   </saml:SubjectConfirmation>
  </saml:Subject>
  <saml:Conditions NotBefore="{since}" NotOnOrAfter="{until}">
   <saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction>
  </saml:Conditions>
  <saml:AuthnStatement AuthnInstant="{now}" SessionIndex="{assertion}">
   <saml:AuthnContext>
    <saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef>
   </saml:AuthnContext>
  </saml:AuthnStatement>
  <saml:AttributeStatement>
   <saml:Attribute Name="urn:oid:2.5.4.42"><saml:AttributeValue>Chidi</saml:AttributeValue></saml:Attribute>
   <saml:Attribute Name="{mail}"><saml:AttributeValue>{email}</saml:AttributeValue></saml:Attribute>
  </saml:AttributeStatement>
 </saml:Assertion>
</samlp:Response>"""


@dataclass
class Provider:
    """One key, and the responses that it signs."""

    key: rsa.RSAPrivateKey = field(default_factory=lambda: rsa.generate_private_key(65537, 2048))

    @property
    def certificate(self) -> str:
        name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "University")])
        made = x509.CertificateBuilder(name, name, self.key.public_key(), x509.random_serial_number())
        now = datetime.now(UTC)
        made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
        return made.sign(self.key, SHA256()).public_bytes(Encoding.PEM).decode()

    def response(
        self,
        *,
        to: str,
        audience: str,
        answers: str | None,
        email: str = "chidi@university.example",
        issuer: str = ENTITY,
        now: datetime | None = None,
        signed: str = "assertion",
    ) -> str:
        """A response as a browser posts it, signed in the place that is named, or nowhere."""
        moment = now or datetime.now(UTC)
        times = {"now": moment, "since": moment - timedelta(minutes=1), "until": moment + timedelta(minutes=5)}
        text = RESPONSE.format(
            **{name: f"{time:%Y-%m-%dT%H:%M:%SZ}" for name, time in times.items()},
            response=f"_{uuid4().hex}",
            assertion=f"_{uuid4().hex}",
            to=to,
            audience=audience,
            answers=f' InResponseTo="{answers}"' if answers else "",
            issuer=issuer,
            who=email,
            email=email,
            mail=MAIL,
            place='<ds:Signature xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="placeholder"/>' if signed else "",
        )
        root = etree.fromstring(text.encode())
        return b64encode(etree.tostring(self._signed(root) if signed else root)).decode()

    def _signed(self, root: etree._Element) -> etree._Element:
        assertion = root.find("{urn:oasis:names:tc:SAML:2.0:assertion}Assertion")
        signer = XMLSigner(methods.enveloped, c14n_algorithm="http://www.w3.org/2001/10/xml-exc-c14n#")
        made = signer.sign(assertion, key=self.key, cert=self.certificate, reference_uri=assertion.get("ID"))
        root.replace(assertion, made)
        return root
