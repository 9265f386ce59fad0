<?php
/**
 * Plugin Name: copydesk
 * Description: Compares a post with the newsroom's archive before it is published.
 * Version: 0.1.0
 * Requires at least: 6.6
 * Requires PHP: 7.4
 * License: MIT OR Apache-2.0
 *
 * The editor asks this site, and this site asks `copydesk serve`: its address and token stay on the server.
 */

defined( 'ABSPATH' ) || exit;

const COPYDESK_NAMESPACE = 'copydesk/v1';

/** Seconds until an answer has to be there. */
const COPYDESK_TIMEOUT = 20;

/** Bytes of a post: as much as `copydesk serve` takes. */
const COPYDESK_MOST = 8 * 1024 * 1024;

add_action( 'rest_api_init', 'copydesk_register_route' );
add_action( 'enqueue_block_editor_assets', 'copydesk_enqueue_panel' );
add_action( 'admin_init', 'copydesk_register_settings' );
add_action( 'admin_menu', 'copydesk_add_settings_page' );

function copydesk_register_route() {
	register_rest_route(
		COPYDESK_NAMESPACE,
		'/check',
		array(
			'methods'             => 'POST',
			'callback'            => 'copydesk_check',
			'permission_callback' => static function () {
				return current_user_can( 'edit_posts' );
			},
			'args'                => array(
				'title'   => array( 'type' => 'string', 'required' => true ),
				'content' => array( 'type' => 'string', 'required' => true ),
			),
		)
	);
}

/** Where `copydesk serve` is, and the token that it asks for: wp-config.php outranks the settings page. */
function copydesk_server() {
	$address = defined( 'COPYDESK_ADDRESS' ) ? COPYDESK_ADDRESS : get_option( 'copydesk_address', '' );
	$token   = defined( 'COPYDESK_TOKEN' ) ? COPYDESK_TOKEN : get_option( 'copydesk_token', '' );
	return array( rtrim( (string) $address, '/' ), (string) $token );
}

/** What differs in a post; or why it could not be checked, in words that hold nothing of the server's. */
function copydesk_check( $request ) {
	list( $address, $token ) = copydesk_server();
	if ( '' === $address || '' === $token ) {
		return new WP_Error( 'copydesk_not_set_up', 'copydesk is not set up: see Settings, copydesk.', array( 'status' => 503 ) );
	}
	$text = '<h1>' . esc_html( $request['title'] ) . "</h1>\n" . $request['content'];
	if ( strlen( $text ) > COPYDESK_MOST ) {
		return new WP_Error( 'copydesk_too_long', 'The post is too long to be checked.', array( 'status' => 413 ) );
	}
	$answer = wp_remote_post(
		$address . '/check',
		array(
			'timeout'     => COPYDESK_TIMEOUT,
			// A token goes where it was meant to go and nowhere else.
			'redirection' => 0,
			'headers'     => array(
				'Authorization' => 'Bearer ' . $token,
				'Content-Type'  => 'application/json',
			),
			'body'        => wp_json_encode( array( 'path' => 'post.html', 'text' => $text ) ),
		)
	);
	if ( is_wp_error( $answer ) ) {
		return new WP_Error( 'copydesk_unreachable', 'copydesk can\'t be reached: the post was not checked.', array( 'status' => 502 ) );
	}
	$status = wp_remote_retrieve_response_code( $answer );
	$report = json_decode( wp_remote_retrieve_body( $answer ), true );
	if ( 401 === $status || 403 === $status ) {
		return new WP_Error( 'copydesk_refused', 'copydesk doesn\'t know this site\'s token: the post was not checked.', array( 'status' => 502 ) );
	}
	if ( 200 !== $status || ! is_array( $report ) || ! isset( $report['findings'] ) || ! is_array( $report['findings'] ) ) {
		return new WP_Error( 'copydesk_failed', 'copydesk could not check the post.', array( 'status' => 502 ) );
	}
	return array(
		'findings' => array_map( 'copydesk_finding', $report['findings'] ),
		'sources'  => isset( $report['summary']['sources'] ) ? (int) $report['summary']['sources'] : 0,
	);
}

/** What the panel shows of a finding: words alone, which it shows as text. */
function copydesk_finding( $finding ) {
	$evidence = array_map(
		static function ( $one ) {
			return array(
				'outlet'    => (string) ( isset( $one['outlet'] ) ? $one['outlet'] : basename( $one['source'] ) ),
				'published' => (string) ( isset( $one['published'] ) ? $one['published'] : '' ),
				'text'      => (string) $one['text'],
			);
		},
		$finding['evidence']
	);
	return array(
		'id'       => (string) $finding['fingerprint'],
		'severity' => (string) $finding['severity'],
		'rule'     => (string) $finding['rule'],
		'text'     => (string) $finding['text'],
		'message'  => (string) $finding['message'],
		'fix'      => 1 === count( $finding['fixes'] ) ? (string) $finding['fixes'][0]['title'] : '',
		'evidence' => $evidence,
	);
}

function copydesk_enqueue_panel() {
	wp_enqueue_script(
		'copydesk-panel',
		plugins_url( 'panel.js', __FILE__ ),
		array( 'wp-api-fetch', 'wp-components', 'wp-data', 'wp-editor', 'wp-element', 'wp-plugins' ),
		'0.1.0',
		true
	);
}

function copydesk_register_settings() {
	register_setting( 'copydesk', 'copydesk_address', array( 'type' => 'string', 'sanitize_callback' => 'copydesk_clean_address' ) );
	register_setting( 'copydesk', 'copydesk_token', array( 'type' => 'string', 'sanitize_callback' => 'copydesk_clean_token', 'show_in_rest' => false ) );
}

/** An address without what comes behind the port: the one that is printed ends in the token. */
function copydesk_clean_address( $address ) {
	$parts = wp_parse_url( trim( (string) $address ) );
	if ( ! is_array( $parts ) || empty( $parts['host'] ) || ! isset( $parts['scheme'] ) || ! in_array( $parts['scheme'], array( 'http', 'https' ), true ) ) {
		return '';
	}
	return $parts['scheme'] . '://' . $parts['host'] . ( isset( $parts['port'] ) ? ':' . $parts['port'] : '' );
}

/** A field that was left empty keeps the token that is there: it is never sent to the browser. */
function copydesk_clean_token( $token ) {
	$token = trim( (string) $token );
	return preg_match( '/^[A-Za-z0-9._~+\/=-]+$/', $token ) ? $token : (string) get_option( 'copydesk_token', '' );
}

function copydesk_add_settings_page() {
	add_options_page( 'copydesk', 'copydesk', 'manage_options', 'copydesk', 'copydesk_settings_page' );
}

function copydesk_settings_page() {
	list( $address, $token ) = copydesk_server();
	?>
	<div class="wrap">
		<h1>copydesk</h1>
		<form method="post" action="options.php">
			<?php settings_fields( 'copydesk' ); ?>
			<p>
				<label for="copydesk_address">Address of copydesk serve</label><br>
				<input class="regular-text" id="copydesk_address" name="copydesk_address" value="<?php echo esc_attr( $address ); ?>" placeholder="http://127.0.0.1:8321">
			</p>
			<p>
				<label for="copydesk_token">Token</label><br>
				<input class="regular-text" id="copydesk_token" name="copydesk_token" type="password" autocomplete="off" value="" placeholder="<?php echo '' === $token ? '' : esc_attr( 'kept unless you type another' ); ?>">
			</p>
			<?php submit_button(); ?>
		</form>
	</div>
	<?php
}
