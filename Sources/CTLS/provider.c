// The OpenSSL provider whose private keys are elsewhere (provider(7), provider-keymgmt(7), provider-signature(7)).
//
// A key here is a certificate's public key and a number. Signing hands the whole to-be-signed message over; there is
// no decrypt operation at all, and no way to export a private half, so libcrypto never tries to sign on its own.

#include "internal.h"

#define PROPERTIES "provider=masugata"
#define HANDLE "masugata-key"

struct handle {
    EVP_PKEY *public_key;
    uint32_t generation;
    uint16_t number;
};

struct remote_key {
    EVP_PKEY *public_key;
    uint32_t generation;
    uint16_t number;
    bool has_private;
};

// Key management: everything but the private half is the public key's own business.

static void *key_new(void *provider) { return OPENSSL_zalloc(sizeof(struct remote_key)); }

static void key_free(void *data) {
    struct remote_key *key = data;
    if (!key) return;
    EVP_PKEY_free(key->public_key);
    OPENSSL_free(key);
}

static int key_has(const void *data, int selection) {
    const struct remote_key *key = data;
    if (!key->public_key) return 0;
    return (selection & OSSL_KEYMGMT_SELECT_PRIVATE_KEY) == 0 || key->has_private;
}

static int key_match(const void *one, const void *other, int selection) {
    const struct remote_key *a = one, *b = other;
    return a->public_key && b->public_key && EVP_PKEY_eq(a->public_key, b->public_key) == 1;
}

/// From our own handle, or from the public data of another provider's key that is to be compared with one of ours.
static int key_import(struct remote_key *key, const char *type, int selection, const OSSL_PARAM parameters[]) {
    const OSSL_PARAM *found = OSSL_PARAM_locate_const(parameters, HANDLE);
    if (found) {
        const void *data;
        size_t size;
        if (!OSSL_PARAM_get_octet_string_ptr(found, &data, &size) || size != sizeof(struct handle)) return 0;
        struct handle handle;
        memcpy(&handle, data, sizeof handle);
        if (!EVP_PKEY_up_ref(handle.public_key)) return 0;
        key->public_key = handle.public_key;
        key->generation = handle.generation;
        key->number = handle.number;
        key->has_private = true;
        return 1;
    }
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, "provider=default");
    int good = context && EVP_PKEY_fromdata_init(context) > 0 &&
               EVP_PKEY_fromdata(context, &key->public_key, EVP_PKEY_PUBLIC_KEY, (OSSL_PARAM *)parameters) > 0;
    EVP_PKEY_CTX_free(context);
    return good;
}

static int key_import_rsa(void *key, int selection, const OSSL_PARAM parameters[]) {
    return key_import(key, "RSA", selection, parameters);
}
static int key_import_ec(void *key, int selection, const OSSL_PARAM parameters[]) {
    return key_import(key, "EC", selection, parameters);
}
static int key_import_ed25519(void *key, int selection, const OSSL_PARAM parameters[]) {
    return key_import(key, "ED25519", selection, parameters);
}

static const OSSL_PARAM *key_types(int selection) {
    static const OSSL_PARAM types[] = {OSSL_PARAM_octet_string(HANDLE, NULL, 0), OSSL_PARAM_END};
    return types;
}

static int key_export(void *data, int selection, OSSL_CALLBACK *callback, void *argument) {
    struct remote_key *key = data;
    // Without this refusal libcrypto would move the public half to the default provider and try to sign there.
    if (selection & OSSL_KEYMGMT_SELECT_PRIVATE_KEY || !key->public_key) return 0;
    return EVP_PKEY_export(key->public_key, selection, callback, argument);
}

static int key_get_parameters(void *data, OSSL_PARAM parameters[]) {
    struct remote_key *key = data;
    return key->public_key && EVP_PKEY_get_params(key->public_key, parameters);
}

static const OSSL_PARAM *key_gettable(void *provider) {
    static const OSSL_PARAM gettable[] = {
        OSSL_PARAM_int(OSSL_PKEY_PARAM_BITS, NULL), OSSL_PARAM_int(OSSL_PKEY_PARAM_SECURITY_BITS, NULL),
        OSSL_PARAM_int(OSSL_PKEY_PARAM_MAX_SIZE, NULL), OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, NULL, 0),
        OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_DEFAULT_DIGEST, NULL, 0),
        OSSL_PARAM_utf8_string(OSSL_PKEY_PARAM_MANDATORY_DIGEST, NULL, 0), OSSL_PARAM_END};
    return gettable;
}

static const char *key_operation_ec(int operation) { return operation == OSSL_OP_SIGNATURE ? "ECDSA" : "EC"; }

#define KEY_FUNCTION(name, function) {OSSL_FUNC_KEYMGMT_##name, (void (*)(void))(function)}
#define KEY_FUNCTIONS(import)                                                                                       \
    KEY_FUNCTION(NEW, key_new), KEY_FUNCTION(FREE, key_free), KEY_FUNCTION(HAS, key_has),                           \
        KEY_FUNCTION(MATCH, key_match), KEY_FUNCTION(IMPORT, import), KEY_FUNCTION(IMPORT_TYPES, key_types),        \
        KEY_FUNCTION(EXPORT, key_export), KEY_FUNCTION(EXPORT_TYPES, key_types),                                    \
        KEY_FUNCTION(GET_PARAMS, key_get_parameters), KEY_FUNCTION(GETTABLE_PARAMS, key_gettable)

static const OSSL_DISPATCH rsa_keys[] = {KEY_FUNCTIONS(key_import_rsa), {0, NULL}};
static const OSSL_DISPATCH ec_keys[] = {
    KEY_FUNCTIONS(key_import_ec), KEY_FUNCTION(QUERY_OPERATION_NAME, key_operation_ec), {0, NULL}};
static const OSSL_DISPATCH ed25519_keys[] = {KEY_FUNCTIONS(key_import_ed25519), {0, NULL}};

// Signatures: one-shot only, which is how libssl signs.

struct signature {
    struct remote_key *key;
    int digest_bits;
    bool pss;
};

static void *signature_new(void *provider, const char *properties) { return OPENSSL_zalloc(sizeof(struct signature)); }
static void signature_free(void *context) { OPENSSL_free(context); }
static void *signature_duplicate(void *context) { return OPENSSL_memdup(context, sizeof(struct signature)); }

static bool signature_set_digest(struct signature *context, const char *name) {
    static const struct {
        const char *name;
        int bits;
    } digests[] = {{"SHA256", 256}, {"SHA2-256", 256}, {"SHA384", 384}, {"SHA2-384", 384}, {"SHA512", 512},
                   {"SHA2-512", 512}, {"UNDEF", 0}, {"", 0}};
    for (size_t i = 0; i < sizeof digests / sizeof *digests; i++)
        if (OPENSSL_strcasecmp(name, digests[i].name) == 0) {
            context->digest_bits = digests[i].bits;
            return true;
        }
    return false;
}

static int signature_set_parameters(void *data, const OSSL_PARAM parameters[]) {
    struct signature *context = data;
    const OSSL_PARAM *found = parameters ? OSSL_PARAM_locate_const(parameters, OSSL_SIGNATURE_PARAM_PAD_MODE) : NULL;
    if (found && found->data_type == OSSL_PARAM_INTEGER) {
        int mode = 0;
        if (!OSSL_PARAM_get_int(found, &mode)) return 0;
        if (mode != RSA_PKCS1_PADDING && mode != RSA_PKCS1_PSS_PADDING) return 0;
        context->pss = mode == RSA_PKCS1_PSS_PADDING;
    } else if (found) {
        const char *mode = NULL;
        if (!OSSL_PARAM_get_utf8_string_ptr(found, &mode)) return 0;
        context->pss = strcmp(mode, OSSL_PKEY_RSA_PAD_MODE_PSS) == 0;
    }
    return 1;
}

static const OSSL_PARAM *signature_settable(void *context, void *provider) {
    static const OSSL_PARAM settable[] = {
        OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PAD_MODE, NULL, 0),
        OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_PSS_SALTLEN, NULL, 0),
        OSSL_PARAM_utf8_string(OSSL_SIGNATURE_PARAM_DIGEST, NULL, 0), OSSL_PARAM_END};
    return settable;
}

static int signature_begin(void *data, const char *digest, void *key, const OSSL_PARAM parameters[]) {
    struct signature *context = data;
    if (key) context->key = key;
    if (!context->key || !context->key->has_private) return 0;
    if (!signature_set_digest(context, digest ? digest : "")) return 0;
    return signature_set_parameters(context, parameters);
}

/// The SignatureScheme of RFC 8446 section 4.2.3, or 0.
static uint16_t signature_scheme(const struct signature *context) {
    int step = context->digest_bits == 256 ? 0 : context->digest_bits == 384 ? 1 : context->digest_bits == 512 ? 2 : -1;
    const EVP_PKEY *key = context->key->public_key;
    if (EVP_PKEY_is_a(key, "ED25519")) return 0x0807;
    if (step < 0) return 0;
    if (EVP_PKEY_is_a(key, "EC")) return (uint16_t)(0x0403 + 0x100 * step);
    return (uint16_t)(context->pss ? 0x0804 + step : 0x0401 + 0x100 * step);
}

static int signature_sign(void *data, unsigned char *signature, size_t *count, size_t capacity,
                          const unsigned char *content, size_t content_count) {
    static const char context_string[] = "TLS 1.3, server CertificateVerify";
    enum { PREFIX = 64 + sizeof context_string };
    struct signature *context = data;
    if (!signature) {
        *count = (size_t)EVP_PKEY_get_size(context->key->public_key);
        return 1;
    }
    uint16_t scheme = signature_scheme(context);
    if (scheme == 0 || !masugata_tls_current) return 0;
    uint8_t kind = 2;
    if (SSL_version(masugata_tls_current->ssl) == TLS1_3_VERSION) {
        // 64 spaces, the context string with its zero, the transcript hash: only the hash goes over, because the
        // key-holder writes the rest itself.
        if (content_count <= PREFIX || memcmp(content + 64, context_string, sizeof context_string) != 0) return 0;
        content += PREFIX;
        content_count -= PREFIX;
        kind = 1;
    }
    return masugata_tls_request_signature(context->key->generation, context->key->number, scheme, kind, content,
                                          content_count, signature, count, capacity);
}

#define SIGNATURE_FUNCTION(name, function) {OSSL_FUNC_SIGNATURE_##name, (void (*)(void))(function)}
static const OSSL_DISPATCH signatures[] = {
    SIGNATURE_FUNCTION(NEWCTX, signature_new), SIGNATURE_FUNCTION(FREECTX, signature_free),
    SIGNATURE_FUNCTION(DUPCTX, signature_duplicate), SIGNATURE_FUNCTION(DIGEST_SIGN_INIT, signature_begin),
    SIGNATURE_FUNCTION(DIGEST_SIGN, signature_sign), SIGNATURE_FUNCTION(SET_CTX_PARAMS, signature_set_parameters),
    SIGNATURE_FUNCTION(SETTABLE_CTX_PARAMS, signature_settable), {0, NULL}};

// The provider.

static const OSSL_ALGORITHM key_algorithms[] = {
    {"RSA:rsaEncryption:1.2.840.113549.1.1.1", PROPERTIES, rsa_keys, "RSA key held elsewhere"},
    {"EC:id-ecPublicKey:1.2.840.10045.2.1", PROPERTIES, ec_keys, "EC key held elsewhere"},
    {"ED25519:1.3.101.112", PROPERTIES, ed25519_keys, "Ed25519 key held elsewhere"},
    {NULL, NULL, NULL, NULL}};
static const OSSL_ALGORITHM signature_algorithms[] = {
    {"RSA:rsaEncryption:1.2.840.113549.1.1.1", PROPERTIES, signatures, "RSA signature asked for"},
    {"ECDSA", PROPERTIES, signatures, "ECDSA signature asked for"},
    {"ED25519:1.3.101.112", PROPERTIES, signatures, "Ed25519 signature asked for"},
    {NULL, NULL, NULL, NULL}};

static const OSSL_ALGORITHM *provider_query(void *provider, int operation, int *no_store) {
    *no_store = 0;
    if (operation == OSSL_OP_KEYMGMT) return key_algorithms;
    return operation == OSSL_OP_SIGNATURE ? signature_algorithms : NULL;
}

static int provider_initialize(const OSSL_CORE_HANDLE *handle, const OSSL_DISPATCH *in, const OSSL_DISPATCH **out,
                               void **context) {
    static const OSSL_DISPATCH functions[] = {
        {OSSL_FUNC_PROVIDER_QUERY_OPERATION, (void (*)(void))provider_query}, {0, NULL}};
    *out = functions;
    *context = (void *)handle;
    return 1;
}

bool masugata_tls_provider_initialize(void) {
    // "?" prefers: nothing but our own keys is ever fetched from here. "!=" would keep our signatures from being found.
    return OSSL_PROVIDER_load(NULL, "default") && OSSL_PROVIDER_add_builtin(NULL, "masugata", provider_initialize) &&
           OSSL_PROVIDER_load(NULL, "masugata") && EVP_set_default_properties(NULL, "?provider=default");
}

EVP_PKEY *masugata_tls_remote_key(X509 *certificate, uint32_t generation, uint16_t number) {
    EVP_PKEY *public_key = X509_get0_pubkey(certificate);
    const char *type = public_key ? EVP_PKEY_get0_type_name(public_key) : NULL;
    if (!type) return NULL;
    struct handle handle = {public_key, generation, number};
    OSSL_PARAM parameters[] = {OSSL_PARAM_construct_octet_string(HANDLE, &handle, sizeof handle),
                               OSSL_PARAM_construct_end()};
    EVP_PKEY *key = NULL;
    EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_from_name(NULL, type, PROPERTIES);
    if (!context || EVP_PKEY_fromdata_init(context) <= 0 ||
        EVP_PKEY_fromdata(context, &key, EVP_PKEY_KEYPAIR, parameters) <= 0)
        key = NULL;
    EVP_PKEY_CTX_free(context);
    return key;
}
