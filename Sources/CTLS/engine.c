// The connections of one worker, by slot, the signatures they wait for, and the ticket keys.

#include "internal.h"

#include <errno.h>
#include <sys/socket.h>

#define NONE UINT32_MAX
#define SEQUENCE_SHIFT 20

_Thread_local struct connection *masugata_tls_current;

static BIO_METHOD *socket_method;
static EVP_CIPHER *ticket_cipher;

// The socket, as OpenSSL sees it. An ended connection has none: a fibre that is resumed only to fail cannot write
// into a socket number that has been given to somebody else meanwhile.

static int socket_read(BIO *bio, char *bytes, int count) {
    struct connection *connection = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (connection->fd < 0) return -1;
    ssize_t moved = recv(connection->fd, bytes, (size_t)count, 0);
    if (moved == 0) connection->ended = true;
    if (moved < 0) {
        if (errno == EAGAIN || errno == EINTR) BIO_set_retry_read(bio);
        else connection->error_number = errno;
    }
    return (int)moved;
}

static int socket_write(BIO *bio, const char *bytes, int count) {
    struct connection *connection = BIO_get_data(bio);
    BIO_clear_retry_flags(bio);
    if (connection->fd < 0) return -1;
    ssize_t moved = send(connection->fd, bytes, (size_t)count, MSG_NOSIGNAL);
    if (moved < 0) {
        if (errno == EAGAIN || errno == EINTR) BIO_set_retry_write(bio);
        else connection->error_number = errno;
    }
    return (int)moved;
}

static long socket_control(BIO *bio, int command, long number, void *pointer) {
    struct connection *connection = BIO_get_data(bio);
    if (command == BIO_CTRL_EOF) return connection->ended;
    return command == BIO_CTRL_FLUSH;
}

static bool initialized;

static void initialize(void) {
    if (!OPENSSL_init_ssl(OPENSSL_INIT_NO_LOAD_CONFIG | OPENSSL_INIT_NO_ATEXIT, NULL)) return;
    if (!masugata_tls_provider_initialize()) return;
    ticket_cipher = EVP_CIPHER_fetch(NULL, "AES-256-CBC", NULL);
    socket_method = BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "connection");
    if (!ticket_cipher || !socket_method) return;
    BIO_meth_set_read(socket_method, socket_read);
    BIO_meth_set_write(socket_method, socket_write);
    BIO_meth_set_ctrl(socket_method, socket_control);
    initialized = true;
}

bool masugata_tls_initialize(void) {
    static CRYPTO_ONCE once = CRYPTO_ONCE_STATIC_INIT;
    return CRYPTO_THREAD_run_once(&once, initialize) && initialized;
}

masugata_tls_engine *masugata_tls_engine_new(uint32_t capacity, uint32_t pending) {
    if (pending == 0 || pending >= 1u << SEQUENCE_SHIFT || capacity == 0) return NULL;
    // One more fibre than can be paused: the one that runs.
    if (!masugata_tls_initialize() || !ASYNC_init_thread(pending + 1, 0)) return NULL;
    masugata_tls_engine *engine = calloc(1, sizeof *engine);
    if (!engine) return NULL;
    engine->connections = calloc(capacity, sizeof *engine->connections);
    engine->pendings = calloc(pending, sizeof *engine->pendings);
    if (!engine->connections || !engine->pendings) abort();
    engine->capacity = capacity;
    engine->pending_capacity = pending;
    engine->queued = engine->ready = (struct list){NONE, NONE};
    for (uint32_t i = 0; i < pending; i++) engine->pendings[i].next = i + 1 < pending ? i + 1 : NONE;
    return engine;
}

void masugata_tls_engine_free(masugata_tls_engine *engine) {
    for (uint32_t slot = 0; slot < engine->capacity; slot++) masugata_tls_end(engine, slot);
    ASYNC_cleanup_thread();
    OPENSSL_cleanse(engine->ticket_keys, sizeof engine->ticket_keys);
    free(engine->connections);
    free(engine->pendings);
    free(engine);
}

// Connections.

static struct connection *at(const masugata_tls_engine *engine, uint32_t slot) {
    if (slot >= engine->capacity || !engine->connections[slot]) __builtin_trap();
    return engine->connections[slot];
}

static void destroy(struct connection *connection) {
    SSL_free(connection->ssl);
    free(connection->name);
    masugata_tls_context_release(connection->context);
    free(connection);
}

bool masugata_tls_begin(masugata_tls_engine *engine, uint32_t slot, int fd, masugata_tls_context *context,
                        int listener) {
    if (slot >= engine->capacity || engine->connections[slot]) __builtin_trap();
    if (listener < 0 || (size_t)listener >= context->listener_count) __builtin_trap();
    int identity = context->listeners[listener].identity;
    if (identity < 0) return false;
    struct connection *connection = calloc(1, sizeof *connection);
    BIO *bio = BIO_new(socket_method);
    SSL *ssl = SSL_new(context->identities[identity].context);
    if (!connection || !bio || !ssl) {
        free(connection);
        BIO_free(bio);
        SSL_free(ssl);
        return false;
    }
    *connection = (struct connection){
        .ssl = ssl, .engine = engine, .context = context, .fd = fd, .slot = slot, .listener = (uint16_t)listener};
    BIO_set_data(bio, connection);
    BIO_set_init(bio, 1);
    SSL_set_bio(ssl, bio, bio);
    SSL_set_app_data(ssl, connection);
    SSL_set_accept_state(ssl);
    SSL_set_mode(ssl, SSL_MODE_ASYNC);
    context->references++;
    engine->connections[slot] = connection;
    return true;
}

/// Keeps why the last call failed. Answers whether it is that the client has gone.
static bool note_failure(struct connection *connection) {
    connection->error_code = ERR_peek_error();
    return connection->ended && connection->error_code == 0 && connection->refusal == 0;
}

static int run_handshake(struct connection *connection) {
    ERR_clear_error();
    masugata_tls_current = connection;
    int result = SSL_do_handshake(connection->ssl);
    masugata_tls_current = NULL;
    return result;
}

static bool is_paused(const struct connection *connection) {
    return connection->pending && connection->pending->state != PENDING_ANSWERED;
}

int masugata_tls_handshake(masugata_tls_engine *engine, uint32_t slot) {
    struct connection *connection = at(engine, slot);
    if (connection->established) return MASUGATA_TLS_DONE;
    if (is_paused(connection)) return MASUGATA_TLS_WAITING;
    int result = run_handshake(connection);
    if (result == 1) {
        connection->established = true;
        // Otherwise every later read and write would run on a fibre.
        SSL_clear_mode(connection->ssl, SSL_MODE_ASYNC);
        return MASUGATA_TLS_DONE;
    }
    switch (SSL_get_error(connection->ssl, result)) {
    case SSL_ERROR_WANT_READ: return MASUGATA_TLS_WANT_READ;
    case SSL_ERROR_WANT_WRITE: return MASUGATA_TLS_WANT_WRITE;
    case SSL_ERROR_WANT_ASYNC: return MASUGATA_TLS_WAITING;
    case SSL_ERROR_ZERO_RETURN: return MASUGATA_TLS_CLOSED;
    default: break;
    }
    return note_failure(connection) ? MASUGATA_TLS_CLOSED : MASUGATA_TLS_FAILED;
}

/// What a call that moved nothing came to.
static int transfer_result(struct connection *connection, int result) {
    switch (SSL_get_error(connection->ssl, result)) {
    case SSL_ERROR_WANT_READ:
    case SSL_ERROR_WANT_WRITE: return MASUGATA_TLS_WOULD_BLOCK;
    case SSL_ERROR_ZERO_RETURN: return MASUGATA_TLS_ENDED;
    default: break;
    }
    return note_failure(connection) ? MASUGATA_TLS_ENDED : MASUGATA_TLS_BROKEN;
}

long masugata_tls_read(masugata_tls_engine *engine, uint32_t slot, uint8_t *bytes, size_t count) {
    struct connection *connection = at(engine, slot);
    if (!connection->established) return MASUGATA_TLS_WOULD_BLOCK;
    size_t moved = 0;
    ERR_clear_error();
    int result = SSL_read_ex(connection->ssl, bytes, count, &moved);
    return result == 1 ? (long)moved : transfer_result(connection, result);
}

long masugata_tls_write(masugata_tls_engine *engine, uint32_t slot, const uint8_t *bytes, size_t count) {
    struct connection *connection = at(engine, slot);
    if (!connection->established) return MASUGATA_TLS_WOULD_BLOCK;
    if (count == 0) return 0;
    size_t moved = 0;
    ERR_clear_error();
    int result = SSL_write_ex(connection->ssl, bytes, count, &moved);
    return result == 1 ? (long)moved : transfer_result(connection, result);
}

int masugata_tls_shutdown(masugata_tls_engine *engine, uint32_t slot) {
    struct connection *connection = at(engine, slot);
    if (!connection->established) return 0;
    ERR_clear_error();
    int result = SSL_shutdown(connection->ssl);
    return result >= 0 ? 0 : transfer_result(connection, result);
}

void masugata_tls_end(masugata_tls_engine *engine, uint32_t slot) {
    if (slot >= engine->capacity) __builtin_trap();
    struct connection *connection = engine->connections[slot];
    if (!connection) return;
    engine->connections[slot] = NULL;
    connection->fd = -1;
    if (connection->pending) {
        // A paused handshake allows no call on its SSL but the one that resumes it, not even SSL_free. So it is
        // resumed once, refused and without a socket, and runs to its end; an answer that is still to come then
        // finds an entry that belongs to nobody.
        connection->pending->granted = false;
        connection->pending->connection = NULL;
        run_handshake(connection);
    }
    destroy(connection);
}

// What is known of a connection.

bool masugata_tls_is_open(const masugata_tls_engine *engine, uint32_t slot) {
    return slot < engine->capacity && engine->connections[slot];
}

int masugata_tls_failure(const masugata_tls_engine *engine, uint32_t slot, int *error_number, unsigned long *code) {
    const struct connection *connection = at(engine, slot);
    *code = connection->error_code;
    *error_number = connection->error_number;
    return connection->refusal;
}

const uint8_t *masugata_tls_server_name(const masugata_tls_engine *engine, uint32_t slot, size_t *count) {
    const struct connection *connection = at(engine, slot);
    *count = connection->name ? strlen(connection->name) : 0;
    return (const uint8_t *)connection->name;
}

const uint8_t *masugata_tls_alpn(const masugata_tls_engine *engine, uint32_t slot, size_t *count) {
    const struct connection *connection = at(engine, slot);
    const unsigned char *bytes = NULL;
    unsigned length = 0;
    if (!is_paused(connection)) SSL_get0_alpn_selected(connection->ssl, &bytes, &length);
    *count = length;
    return bytes;
}

int masugata_tls_version(const masugata_tls_engine *engine, uint32_t slot) {
    const struct connection *connection = at(engine, slot);
    if (!connection->established) return 0;
    return SSL_version(connection->ssl) == TLS1_3_VERSION ? 13 : 12;
}

uint16_t masugata_tls_cipher(const masugata_tls_engine *engine, uint32_t slot) {
    const struct connection *connection = at(engine, slot);
    if (!connection->established) return 0;
    return SSL_CIPHER_get_protocol_id(SSL_get_current_cipher(connection->ssl));
}

bool masugata_tls_resumed(const masugata_tls_engine *engine, uint32_t slot) {
    const struct connection *connection = at(engine, slot);
    return connection->established && SSL_session_reused(connection->ssl);
}

size_t masugata_tls_pending_bytes(const masugata_tls_engine *engine, uint32_t slot) {
    const struct connection *connection = at(engine, slot);
    return connection->established ? (size_t)SSL_pending(connection->ssl) : 0;
}

// Signatures.

static uint64_t id_of(const masugata_tls_engine *engine, const struct pending *pending) {
    return pending->sequence << SEQUENCE_SHIFT | (uint64_t)(pending - engine->pendings);
}

static void push(masugata_tls_engine *engine, struct list *list, uint32_t index) {
    engine->pendings[index].next = NONE;
    if (list->tail == NONE) list->head = index;
    else engine->pendings[list->tail].next = index;
    list->tail = index;
}

static void pop(masugata_tls_engine *engine, struct list *list) {
    list->head = engine->pendings[list->head].next;
    if (list->head == NONE) list->tail = NONE;
}

static void release(masugata_tls_engine *engine, struct pending *pending) {
    pending->state = PENDING_FREE;
    pending->next = engine->free_head;
    engine->free_head = (uint32_t)(pending - engine->pendings);
    engine->pending_count--;
}

bool masugata_tls_request_signature(uint32_t generation, uint16_t key, uint16_t scheme, uint8_t kind,
                                    const uint8_t *content, size_t count, uint8_t *signature, size_t *signature_count,
                                    size_t capacity) {
    struct connection *connection = masugata_tls_current;
    masugata_tls_engine *engine = connection->engine;
    uint32_t index = engine->free_head;
    connection->refusal = MASUGATA_TLS_REFUSED_SIGNATURE;
    if (index == NONE || connection->fd < 0 || count > UINT16_MAX || !ASYNC_get_current_job()) return false;
    struct pending *pending = &engine->pendings[index];
    engine->free_head = pending->next;
    engine->pending_count++;
    *pending = (struct pending){
        .connection = connection, .content = content, .signature = signature, .capacity = capacity,
        .sequence = ++engine->sequence, .generation = generation, .key = key, .scheme = scheme,
        .count = (uint16_t)count, .kind = kind, .state = PENDING_QUEUED};
    push(engine, &engine->queued, index);
    connection->pending = pending;
    // Only an answer or the connection's end resumes it: the callers above see to that.
    if (!ASYNC_pause_job()) pending->granted = false;
    connection->pending = NULL;
    bool granted = pending->connection && pending->state == PENDING_ANSWERED && pending->granted;
    *signature_count = granted ? pending->signature_count : 0;
    // An entry in a list, or asked for and not yet answered, stays and belongs to nobody until its turn comes: so the
    // bound on open requests holds.
    pending->connection = NULL;
    if (pending->state == PENDING_ANSWERED && !pending->listed) release(engine, pending);
    if (granted) connection->refusal = 0;
    return granted;
}

bool masugata_tls_next_signing(masugata_tls_engine *engine, struct masugata_tls_signing *signing) {
    while (engine->queued.head != NONE) {
        struct pending *pending = &engine->pendings[engine->queued.head];
        if (pending->connection) {
            *signing = (struct masugata_tls_signing){
                .id = id_of(engine, pending), .content = pending->content, .generation = pending->generation,
                .key = pending->key, .scheme = pending->scheme, .count = pending->count, .kind = pending->kind};
            return true;
        }
        pop(engine, &engine->queued);
        release(engine, pending);
    }
    return false;
}

void masugata_tls_signing_sent(masugata_tls_engine *engine) {
    if (engine->queued.head == NONE) return;
    engine->pendings[engine->queued.head].state = PENDING_SENT;
    pop(engine, &engine->queued);
}

static void answer(masugata_tls_engine *engine, struct pending *pending, const uint8_t *signature, size_t count) {
    if (!pending->connection) {
        release(engine, pending);
        return;
    }
    pending->state = PENDING_ANSWERED;
    pending->granted = signature && count > 0 && count <= pending->capacity;
    if (pending->granted) {
        memcpy(pending->signature, signature, count);
        pending->signature_count = count;
    }
    pending->listed = true;
    push(engine, &engine->ready, (uint32_t)(pending - engine->pendings));
}

bool masugata_tls_answer(masugata_tls_engine *engine, uint64_t id, const uint8_t *signature, size_t count) {
    uint64_t index = id & ((1u << SEQUENCE_SHIFT) - 1);
    if (index >= engine->pending_capacity) return false;
    struct pending *pending = &engine->pendings[index];
    if (pending->state != PENDING_SENT || id_of(engine, pending) != id) return false;
    answer(engine, pending, signature, count);
    return true;
}

uint32_t masugata_tls_refuse_sent(masugata_tls_engine *engine) {
    uint32_t refused = 0;
    for (uint32_t i = 0; i < engine->pending_capacity; i++)
        if (engine->pendings[i].state == PENDING_SENT) {
            answer(engine, &engine->pendings[i], NULL, 0);
            refused++;
        }
    return refused;
}

int64_t masugata_tls_next_ready(masugata_tls_engine *engine) {
    while (engine->ready.head != NONE) {
        struct pending *pending = &engine->pendings[engine->ready.head];
        pop(engine, &engine->ready);
        pending->listed = false;
        if (pending->connection) return pending->connection->slot;
        release(engine, pending);
    }
    return -1;
}

uint32_t masugata_tls_pending(const masugata_tls_engine *engine) { return engine->pending_count; }

// Tickets.

void masugata_tls_set_ticket_keys(masugata_tls_engine *engine, const uint8_t *keys, size_t count) {
    OPENSSL_cleanse(engine->ticket_keys, sizeof engine->ticket_keys);
    engine->ticket_key_count = count > 2 ? 2 : (uint32_t)count;
    memcpy(engine->ticket_keys, keys, engine->ticket_key_count * sizeof *engine->ticket_keys);
}

static int start_ticket(const struct ticket_key *key, const unsigned char *iv, EVP_CIPHER_CTX *cipher, EVP_MAC_CTX *mac,
                        int encrypt) {
    OSSL_PARAM parameters[] = {
        OSSL_PARAM_construct_octet_string(OSSL_MAC_PARAM_KEY, (void *)key->mac, sizeof key->mac),
        OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, (char *)"SHA256", 0), OSSL_PARAM_construct_end()};
    return EVP_CipherInit_ex2(cipher, ticket_cipher, key->cipher, iv, encrypt, NULL) == 1 &&
           EVP_MAC_CTX_set_params(mac, parameters) == 1;
}

/// SSL_CTX_set_tlsext_ticket_key_evp_cb(3): 0 is "no ticket" or "unknown key", 2 is "known, and send a fresh one".
int masugata_tls_on_ticket_key(SSL *ssl, unsigned char *name, unsigned char *iv, EVP_CIPHER_CTX *cipher,
                               EVP_MAC_CTX *mac, int encrypt) {
    struct connection *connection = SSL_get_app_data(ssl);
    const masugata_tls_engine *engine = connection->engine;
    if (encrypt) {
        if (engine->ticket_key_count == 0) return 0;
        const struct ticket_key *key = &engine->ticket_keys[0];
        memcpy(name, key->name, sizeof key->name);
        if (RAND_bytes(iv, EVP_CIPHER_get_iv_length(ticket_cipher)) != 1) return -1;
        return start_ticket(key, iv, cipher, mac, 1) ? 1 : -1;
    }
    for (uint32_t i = 0; i < engine->ticket_key_count; i++) {
        const struct ticket_key *key = &engine->ticket_keys[i];
        if (memcmp(name, key->name, sizeof key->name) != 0) continue;
        if (!start_ticket(key, iv, cipher, mac, 0)) return -1;
        // A TLS 1.3 ticket is used once; without renewal every second connection would be a full handshake.
        return i > 0 || SSL_version(ssl) == TLS1_3_VERSION ? 2 : 1;
    }
    return 0;
}
