"""A table of TLS servers, good and bad, each on a free port of 127.0.0.1; the certificates are made by openssl.

    tls_server.py FOLDER

Prints one JSON line with the list of cases, then sends an empty page for every request. A line on standard input asks
for the number of requests that each case has seen; the end of standard input ends it. Only the standard library is used.
"""

import json, os, socket, ssl, subprocess, sys, threading

FOLDER = sys.argv[1]
PAGE = b'{"data":[],"has_more":false,"first_id":null,"last_id":null}'
ANSWER = (
    b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: %d\r\n\r\n" % len(PAGE)
    + PAGE
)
# What a server needs to show what no client should accept any more.
LAX = "ALL:COMPLEMENTOFALL:@SECLEVEL=0"

cases = []
keys = {}


def openssl(*words, data=None):
    run = subprocess.run(["openssl", *words], input=data, capture_output=True, cwd=FOLDER)
    if run.returncode:
        raise RuntimeError("openssl %s: %s" % (" ".join(words), run.stderr.decode()))
    return run.stdout


def key(kind, name=None):
    """The file of a private key. Keys of one kind are made once for each name."""
    if (kind, name) not in keys:
        file = f"{kind}-{name}.key".replace(":", "-")
        if kind.startswith("rsa-pss"):
            openssl("genpkey", "-algorithm", "RSA-PSS", "-pkeyopt", "rsa_keygen_bits:2048", "-out", file)
        elif kind.startswith("rsa"):
            openssl("genrsa", "-out", file, kind[3:])
        elif kind == "ed25519":
            openssl("genpkey", "-algorithm", "ed25519", "-out", file)
        else:
            openssl("genpkey", "-algorithm", "EC", "-pkeyopt", f"ec_paramgen_curve:{kind}", "-out", file)
        keys[kind, name] = file
    return keys[kind, name]


CA = "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\nsubjectKeyIdentifier=hash"
LEAF = "basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature,keyEncipherment"


class Certificate:
    """One certificate. `issuer` None is its own. `days` counts from now, or is a pair of dates (YYYYMMDDHHMMSSZ)."""

    number = 0

    def __init__(self, subject, extensions, issuer=None, kind="prime256v1", digest="sha256", days=30, options=(), broken=False):
        Certificate.number += 1
        stem = f"c{Certificate.number}"
        self.subject, self.key, self.pem = subject, key(kind, stem if issuer is None or "CA:TRUE" in extensions else "leaf"), f"{stem}.pem"
        openssl("req", "-new", "-key", self.key, "-subj", subject, "-out", f"{stem}.csr", *(("-sha256",) if kind != "ed25519" else ()))
        with open(f"{FOLDER}/{stem}.ext", "w") as file:
            file.write(extensions + "\n")
        with open(f"{FOLDER}/{stem}.cnf", "w") as file:
            file.write("[ca]\ndefault_ca=d\n[d]\ndatabase=%s.db\nnew_certs_dir=.\nrand_serial=yes\npolicy=p\n[p]\ncommonName=optional\n" % stem)
        open(f"{FOLDER}/{stem}.db", "w").close()
        signer = issuer or self
        words = ["ca", "-batch", "-notext", "-config", f"{stem}.cnf", "-in", f"{stem}.csr", "-out", self.pem]
        words += ["-keyfile", signer.key, "-preserveDN", "-md", digest if "ed25519" not in signer.key else "default"]
        words += ["-selfsign"] if issuer is None else ["-cert", issuer.pem]
        words += ["-startdate", days[0], "-enddate", days[1]] if isinstance(days, tuple) else ["-days", str(days)]
        if extensions:
            words += ["-extfile", f"{stem}.ext"]
        for option in options:
            words += ["-sigopt", option]
        openssl(*words)
        if broken:
            der = bytearray(openssl("x509", "-in", self.pem, "-outform", "der"))
            der[-3] ^= 0x55
            with open(f"{FOLDER}/{self.pem}", "wb") as file:
                file.write(openssl("x509", "-inform", "der", data=bytes(der)))


EXPIRED, FUTURE = ("20200101000000Z", "20200201000000Z"), ("20900101000000Z", "20910101000000Z")


def serve(name, host, leaf, chain=(), trust=None, low=None, high=None, ciphers=LAX, wants_client=False):
    """Adds a case: what is shown, and which root the clients are given."""
    file = f"{FOLDER}/chain{len(cases)}.pem"
    with open(file, "wb") as out:
        for certificate in [leaf, *chain]:
            with open(f"{FOLDER}/{certificate.pem}", "rb") as part:
                out.write(part.read())
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.set_ciphers(LAX)
    # Where a key is too weak even for that, the server cannot be made: it is left out of the table.
    context.load_cert_chain(file, f"{FOLDER}/{leaf.key}")
    if ciphers != LAX:
        context.set_ciphers(ciphers)
    context.minimum_version = low or ssl.TLSVersion.TLSv1_2
    if high:
        context.maximum_version = high
    if wants_client:
        context.verify_mode = ssl.CERT_REQUIRED
        context.load_verify_locations(f"{FOLDER}/{root.pem}")
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    case = {"name": name, "host": host, "port": listener.getsockname()[1], "ca": f"{FOLDER}/{(trust or root).pem}",
            "certificate": f"{FOLDER}/{leaf.pem}", "seen": 0}
    cases.append(case)
    threading.Thread(target=accept, args=(listener, context, case), daemon=True).start()


def accept(listener, context, case):
    while True:
        connection = listener.accept()[0]
        threading.Thread(target=answer, args=(connection, context, case), daemon=True).start()


def answer(connection, context, case):
    try:
        connection.settimeout(20)
        with context.wrap_socket(connection, server_side=True) as tls:
            head = b""
            while b"\r\n\r\n" not in head:
                part = tls.recv(65536)
                if not part:
                    return
                head += part
            case["seen"] += 1
            tls.sendall(ANSWER)
            tls.unwrap()
    except (OSError, ssl.SSLError):
        pass
    finally:
        connection.close()


def san(names):
    return f"{LEAF}\nsubjectAltName={names}"


NAME = "DNS:keys.corp.test"
HOST = "keys.corp.test"
root = Certificate("/CN=Root", CA, kind="rsa2048")


def leaf(name, *, host=HOST, names=NAME, extensions=None, subject="/CN=leaf", trust=None, **options):
    """A case that differs from the good one in the certificate of the server alone."""
    made = Certificate(subject, san(names) if extensions is None else extensions, options.pop("issuer", root), **options)
    serve(name, host, made, trust=trust)


def chained(name, extensions=CA, trust=None, show=True, names=NAME, issuer=None, **options):
    """A case that differs from the good one in the certificate between."""
    between = Certificate("/CN=Between", extensions, issuer or root, **options)
    serve(name, HOST, Certificate("/CN=leaf", san(names), between), [between] if show else [], trust=trust)


# Keys.
for kind in ["rsa2048", "rsa3072", "rsa4096", "rsa1024", "rsa512", "prime256v1", "secp384r1", "secp521r1", "secp224r1",
             "secp256k1", "brainpoolP256r1", "ed25519", "rsa-pss"]:
    try:
        leaf(f"key {kind}", kind=kind)
    except (RuntimeError, ssl.SSLError) as error:
        print(f"left out: key {kind}: {error}", file=sys.stderr)
# Signatures.
for digest in ["md5", "sha1", "sha224", "sha384", "sha512"]:
    leaf(f"signed {digest}", digest=digest)
curve = Certificate("/CN=Curve root", CA)
for digest in ["sha1", "sha224", "sha256"]:
    leaf(f"signed ecdsa-{digest}", digest=digest, issuer=curve, trust=curve)
leaf("signed rsa-pss-sha256", options=["rsa_padding_mode:pss", "rsa_pss_saltlen:digest"])
leaf("signed rsa-pss-sha1", digest="sha1", options=["rsa_padding_mode:pss", "rsa_pss_saltlen:digest"])
leaf("signed by ed25519", issuer=(edwards := Certificate("/CN=Ed root", CA, kind="ed25519")), trust=edwards)
leaf("signature broken", broken=True)
# Dates.
leaf("expired", days=EXPIRED)
leaf("not yet valid", days=FUTURE)
# Names.
leaf("name wrong", names="DNS:other.corp.test")
leaf("name of many", names="DNS:a.test,DNS:b.test,DNS:keys.corp.test,IP:10.0.0.1")
leaf("name in capitals", names="DNS:KEYS.Corp.TEST")
leaf("name with final dot", names="DNS:keys.corp.test.")
leaf("name with NUL", host="localhost", extensions=f"{LEAF}\nsubjectAltName=DER:30148212" + b"localhost\0evil.tld".hex())
leaf("wildcard whole", names="DNS:*.corp.test")
leaf("wildcard bare", host="corp.test", names="DNS:*.corp.test")
leaf("wildcard too deep", host="a.keys.corp.test", names="DNS:*.corp.test")
leaf("wildcard top level", host="foo.test", names="DNS:*.test")
leaf("wildcard alone", host="localhost", names="DNS:*")
leaf("wildcard end of label", names="DNS:ke*.corp.test")
leaf("wildcard start of label", names="DNS:*ys.corp.test")
leaf("wildcard middle of label", names="DNS:k*s.corp.test")
leaf("wildcard second label", names="DNS:keys.*.test")
leaf("wildcard twice", names="DNS:*.*.test")
leaf("wildcard for address", host="127.0.0.1", names="DNS:*.0.0.1")
leaf("common name alone", extensions=LEAF, subject="/CN=keys.corp.test")
leaf("common name wildcard", extensions=LEAF, subject="/CN=*.corp.test")
leaf("common name, SAN other", names="DNS:other.test", subject="/CN=keys.corp.test")
leaf("common name, SAN email", names="email:a@corp.test", subject="/CN=keys.corp.test")
leaf("no subject, SAN critical", extensions=f"{LEAF}\nsubjectAltName=critical,{NAME}", subject="/")
leaf("address", host="127.0.0.1", names="IP:127.0.0.1")
leaf("address v6", host="::1", names="IP:::1")
leaf("address other", host="127.0.0.1", names="IP:127.0.0.2")
leaf("address as name", host="127.0.0.1", names="DNS:127.0.0.1")
leaf("address as common name", host="127.0.0.1", extensions=LEAF, subject="/CN=127.0.0.1")
# Roots.
leaf("root unknown", issuer=Certificate("/CN=Stranger", CA))
leaf("root of the same name", issuer=Certificate("/CN=Root", CA, kind="rsa2048"))
own = Certificate("/CN=own", f"{LEAF}\nsubjectAltName={NAME}")
serve("own root, not given", HOST, own)
serve("own root, given", HOST, own, trust=own)
authority = Certificate(
    "/CN=own",
    f"basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,digitalSignature\nsubjectAltName={NAME}",
)
serve("own root and authority, given", HOST, authority, trust=authority)
for kind in ["rsa1024", "secp224r1"]:
    leaf(f"root {kind}", issuer=(weak := Certificate("/CN=Weak root", CA, kind=kind)), trust=weak)
for digest in ["sha1", "md5"]:
    leaf(f"root signed {digest} by itself", issuer=(old := Certificate("/CN=Old root", CA, kind="rsa2048", digest=digest)), trust=old)
leaf("root expired", issuer=(gone := Certificate("/CN=Gone root", CA, days=EXPIRED)), trust=gone)
# The chain.
chained("between good")
chained("between missing", show=False)
chained("between expired", days=EXPIRED)
chained("between not yet valid", days=FUTURE)
chained("between rsa1024", kind="rsa1024")
chained("between secp224r1", kind="secp224r1")
chained("between signed sha1", digest="sha1")
chained("between signed md5", digest="md5")
chained("between without keyCertSign", "basicConstraints=critical,CA:TRUE\nkeyUsage=critical,digitalSignature")
chained("between no CA", LEAF)
chained("between without constraints", "keyUsage=critical,keyCertSign")
chained("between version 1", "")
chained("between for clients", CA + "\nextendedKeyUsage=clientAuth")
chained("between name constraint met", CA + "\nnameConstraints=critical,permitted;DNS:corp.test")
chained("between name constraint broken", CA + "\nnameConstraints=critical,permitted;DNS:other.test")
chained("between name excluded", CA + "\nnameConstraints=critical,excluded;DNS:corp.test")
chained("between critical unknown", CA + "\n1.2.3.4.5=critical,DER:0500")
short = Certificate("/CN=Short", CA.replace("CA:TRUE", "CA:TRUE,pathlen:0"), root)
under = Certificate("/CN=Under", CA, short)
serve("between path too long", HOST, Certificate("/CN=leaf", san(NAME), under), [under, short])
far = Certificate("/CN=Far", CA, root)
near = Certificate("/CN=Near", CA, far)
serve("two between", HOST, Certificate("/CN=leaf", san(NAME), near), [near, far])
serve("stranger in the chain", HOST, Certificate("/CN=leaf", san(NAME), root), [curve])
# What else a certificate contains.
leaf("version 1", extensions="", subject="/CN=keys.corp.test")
leaf("for servers", extensions=san(NAME) + "\nextendedKeyUsage=serverAuth")
leaf("for clients", extensions=san(NAME) + "\nextendedKeyUsage=clientAuth")
leaf("critical unknown", extensions=san(NAME) + "\n1.2.3.4.5=critical,DER:0500")
leaf("plain unknown", extensions=san(NAME) + "\n1.2.3.4.5=DER:0500")
# Versions and ciphers.
good = Certificate("/CN=leaf", san(NAME), root, kind="rsa2048")
V = ssl.TLSVersion
for name, low, high, ciphers in [
    ("TLS 1.0", V.TLSv1, V.TLSv1, LAX),
    ("TLS 1.1", V.TLSv1_1, V.TLSv1_1, LAX),
    ("TLS 1.2", V.TLSv1_2, V.TLSv1_2, LAX),
    ("TLS 1.3", V.TLSv1_3, V.TLSv1_3, LAX),
    ("TLS 1.2 ECDHE AES-128-GCM", V.TLSv1_2, V.TLSv1_2, "ECDHE-RSA-AES128-GCM-SHA256"),
    ("TLS 1.2 ECDHE AES-256-GCM", V.TLSv1_2, V.TLSv1_2, "ECDHE-RSA-AES256-GCM-SHA384"),
    ("TLS 1.2 ECDHE ChaCha20", V.TLSv1_2, V.TLSv1_2, "ECDHE-RSA-CHACHA20-POLY1305"),
    ("TLS 1.2 ECDHE AES-128-CBC", V.TLSv1_2, V.TLSv1_2, "ECDHE-RSA-AES128-SHA256"),
    ("TLS 1.2 ECDHE AES-256-CBC SHA-1", V.TLSv1_2, V.TLSv1_2, "ECDHE-RSA-AES256-SHA"),
    ("TLS 1.2 RSA AES-128-GCM", V.TLSv1_2, V.TLSv1_2, "AES128-GCM-SHA256"),
    ("TLS 1.2 RSA AES-128-CBC", V.TLSv1_2, V.TLSv1_2, "AES128-SHA"),
    ("TLS 1.2 DHE AES-256-GCM", V.TLSv1_2, V.TLSv1_2, "DHE-RSA-AES256-GCM-SHA384"),
    ("TLS 1.2 no encryption", V.TLSv1_2, V.TLSv1_2, "ECDHE-RSA-NULL-SHA:@SECLEVEL=0"),
    ("TLS 1.2 anonymous", V.TLSv1_2, V.TLSv1_2, "AECDH-AES128-SHA:@SECLEVEL=0"),
]:
    serve(name, HOST, good, low=low, high=high, ciphers=ciphers)
serve("client certificate, TLS 1.2", HOST, good, high=V.TLSv1_2, wants_client=True)
serve("client certificate, TLS 1.3", HOST, good, low=V.TLSv1_3, wants_client=True)

print(json.dumps(cases), flush=True)
for _ in sys.stdin:
    print(json.dumps([case["seen"] for case in cases]), flush=True)
os._exit(0)
