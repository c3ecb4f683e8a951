// What the three parts of this target share.
#pragma once

#include "CTLS.h"

#include <openssl/async.h>
#include <openssl/bio.h>
#include <openssl/core_dispatch.h>
#include <openssl/core_names.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/provider.h>
#include <openssl/rand.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>
#include <stdlib.h>
#include <string.h>

#define MASUGATA_TLS_VERSION(number) ((number) == 12 ? TLS1_2_VERSION : TLS1_3_VERSION)

struct profile {
    int minimum, maximum;
    bool tickets;
    uint32_t ticket_seconds;
    uint8_t session_context[32];
    uint8_t *alpn;
    unsigned alpn_count;
};

struct identity {
    SSL_CTX *context;
    int profile;
};

struct name {
    char *text;
    int identity;
};

struct listener {
    struct name *names;
    size_t name_count;
    int identity;
    bool refuse_unknown;
};

struct masugata_tls_context {
    struct profile *profiles;
    struct identity *identities;
    struct listener *listeners;
    size_t profile_count, identity_count, listener_count;
    uint32_t generation;
    uint32_t references;
};

/// One connection. Kept small: an idle client costs this and OpenSSL's own state.
struct connection {
    SSL *ssl;
    struct masugata_tls_engine *engine;
    struct masugata_tls_context *context;
    struct pending *pending;
    char *name;
    unsigned long error_code;
    int fd;
    int error_number;
    uint32_t slot;
    uint16_t listener;
    uint8_t refusal;
    bool ended;
    bool established;
};

enum pending_state { PENDING_FREE, PENDING_QUEUED, PENDING_SENT, PENDING_ANSWERED };

/// A signature somebody waits for. With no connection, its client has gone and only the answer is still to come.
struct pending {
    struct connection *connection;
    const uint8_t *content;
    uint8_t *signature;
    size_t capacity;
    size_t signature_count;
    uint64_t sequence;
    uint32_t next;
    uint32_t generation;
    uint16_t key, scheme, count;
    uint8_t kind;
    uint8_t state;
    bool granted;
    bool listed;
};

/// A first-in-first-out list of entries, linked by `next`.
struct list {
    uint32_t head, tail;
};

struct ticket_key {
    uint8_t name[16], cipher[32], mac[32];
};

struct masugata_tls_engine {
    struct connection **connections;
    struct pending *pendings;
    uint64_t sequence;
    uint32_t capacity, pending_capacity;
    uint32_t pending_count;
    uint32_t free_head;
    struct list queued, ready;
    uint32_t ticket_key_count;
    struct ticket_key ticket_keys[2];
};

/// The connection that OpenSSL is working on, on this thread.
extern _Thread_local struct connection *masugata_tls_current;

/// A key that only the key-holder has, as seen from `certificate`'s public key. NULL when OpenSSL fails.
EVP_PKEY *masugata_tls_remote_key(X509 *certificate, uint32_t generation, uint16_t key);

/// Queues a request for a signature and pauses the handshake until it is answered. Runs on the fibre.
bool masugata_tls_request_signature(uint32_t generation, uint16_t key, uint16_t scheme, uint8_t kind,
                                    const uint8_t *content, size_t count, uint8_t *signature, size_t *signature_count,
                                    size_t capacity);

bool masugata_tls_provider_initialize(void);

int masugata_tls_on_client_hello(SSL *ssl, int *alert, void *argument);
int masugata_tls_on_alpn(SSL *ssl, const unsigned char **out, unsigned char *out_count, const unsigned char *in,
                         unsigned in_count, void *profile);
int masugata_tls_on_ticket_key(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher,
                               EVP_MAC_CTX *mac, int encrypt);
