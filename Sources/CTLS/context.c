// The tables of one generation, and the callbacks that choose by them while a client's hello is read.

#include "internal.h"

#include <openssl/sha.h>

// Mozilla's intermediate configuration, without finite-field Diffie-Hellman: the key-holder signs none.
static const char suites_tls13[] = "TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256";
static const char suites_tls12[] =
    "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
    "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305";
static const char groups[] = "X25519:P-256:P-384";
// Exactly what the key-holder signs; SHA-1 is not among it.
static const char schemes[] = "ECDSA+SHA256:ECDSA+SHA384:ECDSA+SHA512:ed25519:RSA-PSS+SHA256:RSA-PSS+SHA384:"
                              "RSA-PSS+SHA512:RSA+SHA256:RSA+SHA384:RSA+SHA512";

/// Grows `array` by one zeroed element when `count` has reached a power of two. False when memory is out.
static bool grow(void **array, size_t count, size_t size) {
    if (count & (count - 1)) return true;
    void *grown = realloc(*array, (count ? 2 * count : 1) * size);
    if (!grown) return false;
    *array = grown;
    return true;
}

masugata_tls_context *masugata_tls_context_new(uint32_t generation) {
    masugata_tls_context *context = calloc(1, sizeof *context);
    if (!context) return NULL;
    context->generation = generation;
    context->references = 1;
    return context;
}

void masugata_tls_context_release(masugata_tls_context *context) {
    if (--context->references > 0) return;
    for (size_t i = 0; i < context->listener_count; i++) {
        struct listener *listener = &context->listeners[i];
        for (size_t n = 0; n < listener->name_count; n++) free(listener->names[n].text);
        free(listener->names);
    }
    for (size_t i = 0; i < context->identity_count; i++) SSL_CTX_free(context->identities[i].context);
    for (size_t i = 0; i < context->profile_count; i++) free(context->profiles[i].alpn);
    free(context->listeners);
    free(context->identities);
    free(context->profiles);
    free(context);
}

uint32_t masugata_tls_context_connections(const masugata_tls_context *context) { return context->references - 1; }

int masugata_tls_context_add_profile(masugata_tls_context *context, const char *name, int minimum, int maximum,
                                     bool tickets, uint32_t ticket_seconds, const uint8_t *alpn, size_t alpn_count) {
    // Identities point into the profiles: all profiles come first.
    if (context->identity_count > 0) return -1;
    if (!grow((void **)&context->profiles, context->profile_count, sizeof *context->profiles)) return -1;
    struct profile *profile = &context->profiles[context->profile_count];
    memset(profile, 0, sizeof *profile);
    profile->minimum = MASUGATA_TLS_VERSION(minimum);
    profile->maximum = MASUGATA_TLS_VERSION(maximum);
    profile->tickets = tickets;
    profile->ticket_seconds = ticket_seconds;
    SHA256((const unsigned char *)name, strlen(name), profile->session_context);
    if (alpn_count > 0) {
        profile->alpn = malloc(alpn_count);
        if (!profile->alpn) return -1;
        memcpy(profile->alpn, alpn, alpn_count);
        profile->alpn_count = (unsigned)alpn_count;
    }
    return (int)context->profile_count++;
}

static SSL_CTX *ssl_context(struct profile *profile) {
    SSL_CTX *ssl = SSL_CTX_new(TLS_server_method());
    if (!ssl) return NULL;
    // All suites are equally good; ours first, but for a client without AES in hardware, which says so by its order.
    SSL_CTX_set_options(ssl, SSL_OP_NO_RENEGOTIATION | SSL_OP_NO_COMPRESSION | SSL_OP_IGNORE_UNEXPECTED_EOF |
                                 SSL_OP_SINGLE_ECDH_USE | SSL_OP_CIPHER_SERVER_PREFERENCE | SSL_OP_PRIORITIZE_CHACHA);
    if (!profile->tickets) SSL_CTX_set_options(ssl, SSL_OP_NO_TICKET);
    SSL_CTX_set_mode(ssl, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                              SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER | SSL_MODE_NO_AUTO_CHAIN);
    SSL_CTX_set_read_ahead(ssl, 1);
    SSL_CTX_set_session_cache_mode(ssl, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_timeout(ssl, (long)profile->ticket_seconds);
    SSL_CTX_set_max_early_data(ssl, 0);
    SSL_CTX_set_client_hello_cb(ssl, masugata_tls_on_client_hello, NULL);
    if (profile->alpn_count > 0) SSL_CTX_set_alpn_select_cb(ssl, masugata_tls_on_alpn, profile);
    if (SSL_CTX_set_min_proto_version(ssl, profile->minimum) && SSL_CTX_set_max_proto_version(ssl, profile->maximum) &&
        SSL_CTX_set_ciphersuites(ssl, suites_tls13) && SSL_CTX_set_cipher_list(ssl, suites_tls12) &&
        SSL_CTX_set1_groups_list(ssl, groups) && SSL_CTX_set1_sigalgs_list(ssl, schemes) &&
        SSL_CTX_set_num_tickets(ssl, profile->tickets ? 1 : 0) &&
        SSL_CTX_set_session_id_context(ssl, profile->session_context, sizeof profile->session_context) &&
        SSL_CTX_set_tlsext_ticket_key_evp_cb(ssl, masugata_tls_on_ticket_key))
        return ssl;
    SSL_CTX_free(ssl);
    return NULL;
}

int masugata_tls_context_add_identity(masugata_tls_context *context, int profile) {
    if (profile < 0 || (size_t)profile >= context->profile_count) return -1;
    if (!grow((void **)&context->identities, context->identity_count, sizeof *context->identities)) return -1;
    SSL_CTX *ssl = ssl_context(&context->profiles[profile]);
    if (!ssl) return -1;
    context->identities[context->identity_count] = (struct identity){ssl, profile};
    return (int)context->identity_count++;
}

/// The certificates after the leaf, in the order of the file.
static bool add_chain(SSL_CTX *ssl, BIO *source) {
    for (;;) {
        X509 *issuer = PEM_read_bio_X509(source, NULL, NULL, NULL);
        if (!issuer) break;
        if (!SSL_CTX_add0_chain_cert(ssl, issuer)) {
            X509_free(issuer);
            return false;
        }
    }
    bool ended = ERR_GET_REASON(ERR_peek_last_error()) == PEM_R_NO_START_LINE;
    if (ended) ERR_clear_error();
    return ended;
}

bool masugata_tls_context_add_certificate(masugata_tls_context *context, int identity, const uint8_t *pem, size_t count,
                                          uint16_t number) {
    ERR_clear_error();
    if (identity < 0 || (size_t)identity >= context->identity_count || count > INT32_MAX) return false;
    SSL_CTX *ssl = context->identities[identity].context;
    BIO *source = BIO_new_mem_buf(pem, (int)count);
    X509 *leaf = source ? PEM_read_bio_X509_AUX(source, NULL, NULL, NULL) : NULL;
    EVP_PKEY *key = leaf ? masugata_tls_remote_key(leaf, context->generation, number) : NULL;
    bool good = key && SSL_CTX_use_certificate(ssl, leaf) == 1 && SSL_CTX_use_PrivateKey(ssl, key) == 1 &&
                SSL_CTX_check_private_key(ssl) == 1 && add_chain(ssl, source);
    EVP_PKEY_free(key);
    X509_free(leaf);
    BIO_free(source);
    return good;
}

int masugata_tls_context_add_listener(masugata_tls_context *context, int identity, bool refuse_unknown) {
    if (identity >= (int)context->identity_count) return -1;
    if (!grow((void **)&context->listeners, context->listener_count, sizeof *context->listeners)) return -1;
    context->listeners[context->listener_count] =
        (struct listener){.identity = identity, .refuse_unknown = refuse_unknown};
    return (int)context->listener_count++;
}

bool masugata_tls_context_add_name(masugata_tls_context *context, const char *name, int identity) {
    if (context->listener_count == 0 || identity < 0 || (size_t)identity >= context->identity_count) return false;
    struct listener *listener = &context->listeners[context->listener_count - 1];
    if (!grow((void **)&listener->names, listener->name_count, sizeof *listener->names)) return false;
    if (listener->name_count > 0 && strcmp(listener->names[listener->name_count - 1].text, name) >= 0) return false;
    char *copy = strdup(name);
    if (!copy) return false;
    listener->names[listener->name_count++] = (struct name){copy, identity};
    return true;
}

static int find_name(const struct listener *listener, const char *text) {
    size_t low = 0, high = listener->name_count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        int order = strcmp(text, listener->names[middle].text);
        if (order == 0) return listener->names[middle].identity;
        if (order < 0) high = middle;
        else low = middle + 1;
    }
    return -1;
}

/// The exact name, else the name with its first label made `*`.
static int find_identity(const struct listener *listener, const char *text) {
    int identity = find_name(listener, text);
    const char *dot = strchr(text, '.');
    if (identity >= 0 || !dot || dot == text) return identity;
    char wildcard[256] = "*";
    size_t count = strlen(dot);
    if (count + 2 > sizeof wildcard) return -1;
    memcpy(wildcard + 1, dot, count + 1);
    return find_name(listener, wildcard);
}

/// The host_name of a server_name extension (RFC 6066 section 3), in lower case, into `name`.
/// Answers 1, 0 when the extension is absent, -1 when it is not well formed.
static int read_server_name(SSL *ssl, char name[256]) {
    const unsigned char *bytes;
    size_t count;
    if (!SSL_client_hello_get0_ext(ssl, TLSEXT_TYPE_server_name, &bytes, &count)) return 0;
    // ServerNameList: 16-bit length of the list, one entry: type 0, 16-bit length, the name.
    if (count < 5 || (size_t)(bytes[0] << 8 | bytes[1]) != count - 2 || bytes[2] != 0) return -1;
    size_t length = (size_t)(bytes[3] << 8 | bytes[4]);
    if (length != count - 5 || length == 0 || length > 253) return -1;
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = bytes[5 + i];
        if (byte >= 'A' && byte <= 'Z') byte |= 0x20;
        bool good = (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9') || byte == '-' || byte == '.' ||
                    byte == '_';
        if (!good) return -1;
        name[i] = (char)byte;
    }
    name[length] = 0;
    return 1;
}

static bool use_identity(SSL *ssl, const masugata_tls_context *context, int from, int to) {
    if (from == to) return true;
    const struct identity *identity = &context->identities[to];
    if (!SSL_set_SSL_CTX(ssl, identity->context)) return false;
    if (context->identities[from].profile == identity->profile) return true;
    // What a connection copied from its first SSL_CTX does not follow the change by itself.
    const struct profile *profile = &context->profiles[identity->profile];
    if (profile->tickets) SSL_clear_options(ssl, SSL_OP_NO_TICKET);
    else SSL_set_options(ssl, SSL_OP_NO_TICKET);
    return SSL_set_num_tickets(ssl, profile->tickets ? 1 : 0) && SSL_set_min_proto_version(ssl, profile->minimum) &&
           SSL_set_max_proto_version(ssl, profile->maximum) &&
           SSL_set_session_id_context(ssl, profile->session_context, sizeof profile->session_context);
}

int masugata_tls_on_client_hello(SSL *ssl, int *alert, void *argument) {
    struct connection *connection = SSL_get_app_data(ssl);
    const masugata_tls_context *context = connection->context;
    const struct listener *listener = &context->listeners[connection->listener];
    char name[256];
    int found = read_server_name(ssl, name);
    if (found < 0) {
        connection->refusal = MASUGATA_TLS_REFUSED_BAD_NAME;
        *alert = SSL_AD_ILLEGAL_PARAMETER;
        return SSL_CLIENT_HELLO_ERROR;
    }
    int identity = -1;
    // After a HelloRetryRequest this runs again, on the second hello.
    free(connection->name);
    connection->name = NULL;
    if (found > 0) {
        connection->name = strdup(name);
        identity = find_identity(listener, name);
    }
    if (identity < 0 && listener->refuse_unknown) {
        connection->refusal = MASUGATA_TLS_REFUSED_UNKNOWN_NAME;
        *alert = SSL_AD_UNRECOGNIZED_NAME;
        return SSL_CLIENT_HELLO_ERROR;
    }
    if (identity >= 0 && !use_identity(ssl, context, listener->identity, identity)) {
        *alert = SSL_AD_INTERNAL_ERROR;
        return SSL_CLIENT_HELLO_ERROR;
    }
    return SSL_CLIENT_HELLO_SUCCESS;
}

/// Our order decides; nothing in common is fatal (RFC 7301 section 3.2).
int masugata_tls_on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_count, const unsigned char *in,
                         unsigned in_count, void *argument) {
    const struct profile *profile = argument;
    unsigned char **chosen = (unsigned char **)out;
    int result = SSL_select_next_proto(chosen, out_count, profile->alpn, profile->alpn_count, in, in_count);
    if (result == OPENSSL_NPN_NEGOTIATED) return SSL_TLSEXT_ERR_OK;
    struct connection *connection = SSL_get_app_data(ssl);
    connection->refusal = MASUGATA_TLS_REFUSED_APPLICATION_PROTOCOL;
    return SSL_TLSEXT_ERR_ALERT_FATAL;
}
