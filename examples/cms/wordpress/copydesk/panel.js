/** The panel before publishing: asks this site what differs, and shows it as text. It stops nobody: a person decides. */
( function ( wp ) {
	const { createElement: element, useEffect, useState } = wp.element;
	const { Button, Notice, Spinner } = wp.components;
	const { PluginPrePublishPanel } = wp.editor;

	function Finding( { finding } ) {
		return element(
			'li',
			{ className: `copydesk-${ finding.severity }` },
			element( 'strong', null, finding.text ),
			element( 'p', null, finding.message ),
			...finding.evidence.map( ( one, index ) =>
				element(
					'blockquote',
					{ key: index },
					element( 'p', null, one.text ),
					element( 'cite', null, [ one.outlet, one.published ].filter( Boolean ).join( ', ' ) )
				)
			),
			finding.fix && element( 'p', null, finding.fix )
		);
	}

	function Panel() {
		const { title, content } = wp.data.useSelect( ( select ) => {
			const editor = select( 'core/editor' );
			return { title: editor.getEditedPostAttribute( 'title' ) || '', content: editor.getEditedPostContent() };
		}, [] );
		const [ state, setState ] = useState( { asked: 0 } );
		useEffect( () => {
			let isCurrent = true;
			setState( { isBusy: true, asked: state.asked } );
			wp.apiFetch( { path: '/copydesk/v1/check', method: 'POST', data: { title, content } } )
				.then( ( report ) => isCurrent && setState( { report, asked: state.asked } ) )
				.catch( ( error ) => isCurrent && setState( { error: error.message || 'The post was not checked.', asked: state.asked } ) );
			return () => {
				isCurrent = false;
			};
		}, [ title, content, state.asked ] );
		const findings = state.report ? state.report.findings : [];
		return element(
			PluginPrePublishPanel,
			{ title: `copydesk${ findings.length ? `: ${ findings.length }` : '' }`, initialOpen: true },
			state.isBusy && element( Spinner ),
			state.error && element( Notice, { status: 'warning', isDismissible: false }, state.error ),
			state.report &&
				findings.length === 0 &&
				element( 'p', null, `Nothing differs from ${ state.report.sources } sources, as far as they speak of it.` ),
			findings.length > 0 && element( 'ul', null, ...findings.map( ( finding ) => element( Finding, { key: finding.id, finding } ) ) ),
			element( Button, { variant: 'secondary', onClick: () => setState( { ...state, asked: state.asked + 1 } ) }, 'Check again' )
		);
	}

	wp.plugins.registerPlugin( 'copydesk', { render: Panel } );
} )( window.wp );
