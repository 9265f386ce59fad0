<?php
/**
 * The WordPress plugin against a server: php tests/cms/wordpress.php ADDRESS TOKEN
 * What it calls of WordPress is made here, as small as it can be; the requests are real.
 */

define( 'ABSPATH', __DIR__ );

$options = array();
$routes  = array();
$sent    = array();
$may     = true;

class WP_Error {
	public $code;
	public $message;
	public $data;
	public function __construct( $code, $message, $data = array() ) {
		list( $this->code, $this->message, $this->data ) = array( $code, $message, $data );
	}
}

function add_action( $hook, $callback ) {
	if ( 'rest_api_init' === $hook ) {
		$GLOBALS['on_rest'] = $callback;
	}
}
function register_rest_route( $space, $route, $arguments ) {
	$GLOBALS['routes'][ "$space$route" ] = $arguments;
}
function current_user_can( $what ) {
	return $GLOBALS['may'] && 'edit_posts' === $what;
}
function get_option( $name, $default ) {
	return $GLOBALS['options'][ $name ] ?? $default;
}
function esc_html( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_attr( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function wp_json_encode( $value ) {
	return json_encode( $value );
}
function wp_parse_url( $url ) {
	return parse_url( $url );
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}
function settings_fields( $group ) {}
function submit_button() {}
function wp_remote_retrieve_response_code( $answer ) {
	return $answer['status'];
}
function wp_remote_retrieve_body( $answer ) {
	return $answer['body'];
}
function wp_remote_post( $url, $arguments ) {
	$GLOBALS['sent'][] = $arguments;
	$headers           = array();
	foreach ( $arguments['headers'] as $name => $value ) {
		$headers[] = "$name: $value";
	}
	$http = array(
		'method'          => 'POST',
		'header'          => $headers,
		'content'         => $arguments['body'],
		'timeout'         => $arguments['timeout'],
		'follow_location' => $arguments['redirection'],
		'ignore_errors'   => true,
	);
	$body = @file_get_contents( $url, false, stream_context_create( array( 'http' => $http ) ) );
	if ( false === $body ) {
		return new WP_Error( 'http', 'no answer' );
	}
	preg_match( '/ (\d{3})/', $http_response_header[0], $found );
	return array( 'status' => (int) $found[1], 'body' => $body );
}

require dirname( __DIR__, 2 ) . '/examples/cms/wordpress/copydesk/copydesk.php';

$held = 0;
function holds( $condition, $what ) {
	++$GLOBALS['held'];
	if ( ! $condition ) {
		fwrite( STDERR, "does not hold: $what\n" );
		exit( 1 );
	}
}

list( , $address, $token ) = $argv;
call_user_func( $on_rest );
$route = $routes['copydesk/v1/check'];
$post  = array( 'title' => 'Bridge <opens>', 'content' => '<!-- wp:paragraph --><p>Engineer Kari <b>Vole</b>stad spoke &amp; left.</p><!-- /wp:paragraph -->' );

holds( true === $route['permission_callback'](), 'who may edit posts may ask' );
$may = false;
holds( false === $route['permission_callback'](), 'nobody else may' );

$answer = copydesk_check( $post );
holds( $answer instanceof WP_Error && 503 === $answer->data['status'] && array() === $sent, 'without an address nothing is asked' );

$options = array( 'copydesk_address' => copydesk_clean_address( "$address/#$token" ), 'copydesk_token' => $token );
holds( $address === $options['copydesk_address'], 'what comes behind the port is left out of the address' );
$answer = copydesk_check( $post );
holds( is_array( $answer ), 'is answered: ' . json_encode( $answer ) );
holds( 1 === count( $answer['findings'] ) && 2 === $answer['sources'], 'one thing differs: ' . json_encode( $answer ) );
$finding = $answer['findings'][0];
holds( 'name-misspelled' === $finding['rule'] && false !== strpos( $finding['message'], 'Vollestad' ), 'says what differs' );
holds( 'The Quay' === $finding['evidence'][0]['outlet'] && '2025-03-02' === $finding['evidence'][0]['published'], 'says who says so, and when' );
holds( false === strpos( json_encode( $answer ), $token ), 'the token stays here' );
holds( 0 === $sent[0]['redirection'], 'the token goes nowhere else' );

$options['copydesk_token'] = 'another';
$answer                    = copydesk_check( $post );
holds( $answer instanceof WP_Error && 'copydesk_refused' === $answer->code, 'a token that is not known is told: ' . json_encode( $answer ) );
$options['copydesk_address'] = 'http://127.0.0.1:1';
$answer                      = copydesk_check( $post );
holds( $answer instanceof WP_Error && 'copydesk_unreachable' === $answer->code, 'a server that is away is told' );
$answer = copydesk_check( array( 'title' => '', 'content' => str_repeat( 'x', 9 * 1024 * 1024 ) ) );
holds( $answer instanceof WP_Error && 413 === $answer->data['status'], 'what is too long is not sent' );

holds( '' === copydesk_clean_address( 'file:///etc/passwd' ) && '' === copydesk_clean_address( 'javascript:x' ), 'no other addresses' );
$options['copydesk_token'] = $token;
holds( $token === copydesk_clean_token( '' ) && $token === copydesk_clean_token( "a\r\nHost: b" ), 'the token that is there stays' );
ob_start();
copydesk_settings_page();
holds( false === strpos( ob_get_clean(), $token ), 'the settings page has no token in it' );
echo "$held things hold\n";
